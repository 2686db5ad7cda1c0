// The side panel of another desktop. Speaks with the page around it only, and only if that page is of an allowed origin; whom a call is about is in what its server signed.
const allowed = document.body.dataset.origins?.split(' ') ?? [];
const host = location.ancestorOrigins?.[0] ?? (document.referrer && new URL(document.referrer).origin);

if (parent !== window && allowed.some(origin => origin === host || (origin === "'self'" && host === location.origin))) {
  const say = message => parent.postMessage(message, host);
  addEventListener('message', event => {
    if (event.source !== parent || event.origin !== host) return;
    const begin = document.getElementById('begin');
    if (event.data.type === 'customercontext.call-began' && begin) {
      document.getElementById('call').value = event.data.call;
      begin.submit();
    }
    if (event.data.type === 'customercontext.call-ended') document.getElementById('end')?.submit();
  });
  const state = () => document.querySelector('.call') === null ? 'none'
    : document.querySelector('[data-testid^=facet-]') ? 'shown'
    : document.querySelector('.asked') ? 'asked' : 'closed';
  say({ type: 'customercontext.state', state: state() });
  if (document.getElementById('begin')) say({ type: 'customercontext.ready' });
}
