import { render } from 'preact';
import { App } from './app.js';
import './styles.css';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html: expected an element with the id app');
render(<App />, root);

// Keeps the site's own files for times without a network; where a browser has none or refuses, the site works all the same.
if ('serviceWorker' in navigator && window.isSecureContext && import.meta.env.PROD) {
  navigator.serviceWorker.register('./service-worker.js').catch(() => {});
}
