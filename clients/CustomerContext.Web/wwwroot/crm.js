// The example desktop: tells the side panel of calls, and hears how it stands. docs/pages.md has the protocol.
const frame = document.getElementById('context');
const panel = new URL(frame.src, location.href).origin;
const heard = document.getElementById('heard');
const tell = message => frame.contentWindow.postMessage(message, panel);

addEventListener('message', event => {
  if (event.origin !== panel || event.source !== frame.contentWindow) return;
  if (event.data.type === 'customercontext.ready' && frame.dataset.call) {
    tell({ type: 'customercontext.call-began', call: frame.dataset.call });
    delete frame.dataset.call;
  }
  if (event.data.type === 'customercontext.state') heard.textContent = heard.dataset[event.data.state];
});
document.getElementById('ended').addEventListener('click', () => tell({ type: 'customercontext.call-ended' }));
