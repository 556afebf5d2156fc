/** How this works, and what it does not prove. */
import { strings } from '../strings/en.js';

export function AboutPage() {
  return (
    <div class="prose">
      <h1>{strings.pages.about}</h1>
      {strings.about.map(({ title, paragraphs, list }) => (
        <section key={title}>
          <h2>{title}</h2>
          {paragraphs.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
          {list.length > 0 && (
            <ul>
              {list.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          )}
        </section>
      ))}
    </div>
  );
}
