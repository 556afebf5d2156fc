/** Dark or light: what the system says, until somebody chooses. The choice stays in this browser. */
import { useEffect, useState } from 'preact/hooks';
import { strings } from './strings/en.js';

type Theme = 'light' | 'dark';

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

function currentTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return systemIsDark.matches ? 'dark' : 'light';
}

/** Calls back whenever the colours of the page change. */
export function onThemeChange(callback: () => void): () => void {
  systemIsDark.addEventListener('change', callback);
  addEventListener('themechange', callback);
  return () => {
    systemIsDark.removeEventListener('change', callback);
    removeEventListener('themechange', callback);
  };
}

export function ThemeButton() {
  const [theme, setTheme] = useState(currentTheme);
  useEffect(() => onThemeChange(() => setTheme(currentTheme())), []);
  const other = theme === 'dark' ? 'light' : 'dark';
  const choose = () => {
    document.documentElement.dataset.theme = other;
    try {
      localStorage.setItem('theme', other);
    } catch {
      // A browser that keeps nothing: the choice holds until the page is left.
    }
    dispatchEvent(new Event('themechange'));
  };
  return (
    <button type="button" class="icon-button" aria-label={strings.site.theme[other]} onClick={choose}>
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
        <circle cx="12" cy="12" r="8.5" class="ring" />
        <path d="M12 3.5a8.5 8.5 0 0 1 0 17z" class="half" />
      </svg>
    </button>
  );
}
