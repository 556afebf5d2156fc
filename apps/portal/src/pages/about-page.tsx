/** How this works, and what it does not prove. */
import { CommandText } from '../parts/command-text.js';
import { strings } from '../strings/en.js';

export function AboutPage() {
  return (
    <div class="prose">
      <h1>{strings.pages.about}</h1>
      {strings.about.map(({ title, paragraphs = [], words = [], list = [], command }) => (
        <section key={title}>
          <h2>{title}</h2>
          {paragraphs.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
          {words.length > 0 && (
            <dl class="words">
              {words.map(({ word, meaning }) => (
                <div key={word}>
                  <dt>{word}</dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          )}
          {list.length > 0 && (
            <ul>
              {list.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          )}
          {command !== undefined && <CommandText lines={[command]} />}
        </section>
      ))}
    </div>
  );
}
