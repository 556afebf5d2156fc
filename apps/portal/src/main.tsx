import { render } from 'preact';
import { App } from './app.js';
// In the order of the cascade.
import './styles/colours.css';
import './styles/elements.css';
import './styles/frame.css';
import './styles/controls.css';
import './styles/states.css';
import './styles/facts.css';
import './styles/tables.css';
import './styles/report.css';
import './styles/history.css';
import './styles/text.css';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html: expected an element with the id app');
render(<App />, root);

// Keeps the site's own files for times without a network; where a browser has none or refuses, the site works all the same.
if ('serviceWorker' in navigator && window.isSecureContext && import.meta.env.PROD) {
  navigator.serviceWorker.register('./service-worker.js').catch(() => {});
}
