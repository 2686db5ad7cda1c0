// Makes a page live: replaces the blocks that the server pushes, marks what changed, and says when the line is down. Without it every page works by reloading.
// What is closed has an empty address: Razor writes data attributes even when they have no value.
const addresses = [...document.querySelectorAll('[data-live]')].map(part => part.dataset.live).filter(Boolean);

if (addresses.length > 0) {
  const connection = document.getElementById('connection');
  const say = document.getElementById('say');
  const markedFor = 8000;
  let lostAt = 0;
  let away = false; // the silo does not answer: only what it sends ends this, not that the line is up
  let over = false;

  const lose = words => {
    if (over) return;
    lostAt ||= Date.now();
    document.body.dataset.lost = '';
    const time = new Date(lostAt).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    connection.textContent = `${words || connection.dataset.lost} ${time}`;
  };

  const back = () => {
    away = false;
    lostAt = 0;
    delete document.body.dataset.lost;
    connection.textContent = '';
  };

  // The markup comes from our own server, which escapes what others sent; the policy of the page runs no script in it.
  const replace = markup => {
    const parsed = new DOMParser().parseFromString(markup, 'text/html').body.firstElementChild;
    const shown = parsed && document.getElementById(parsed.id);
    if (!shown) return;
    const changed = shown.dataset.words !== undefined && shown.dataset.words !== parsed.dataset.words;
    const hadFocus = shown.contains(document.activeElement) && document.activeElement.value;
    const next = document.importNode(parsed, true);
    shown.replaceWith(next);
    if (hadFocus) [...next.querySelectorAll('button')].find(button => button.value === hadFocus)?.focus();
    // What goes dark says so itself.
    if (changed && !next.classList.contains('dark')) {
      next.classList.add('changed');
      setTimeout(() => next.classList.remove('changed'), markedFor);
    }
  };

  const listen = address => {
    const source = new EventSource(address);
    source.addEventListener('block', event => replace(event.data));
    source.addEventListener('say', event => { say.textContent = event.data; });
    // A page that was loaded without an answer has no blocks to replace.
    source.addEventListener('back', () => (connection.dataset.dark ? location.reload() : back()));
    source.addEventListener('reload', () => location.reload());
    source.addEventListener('lost', event => {
      away = true;
      lose(event.data);
    });
    source.addEventListener('over', event => {
      source.close();
      if (connection.dataset.dark) return location.reload();
      over = true;
      back();
      connection.textContent = event.data;
      say.textContent = event.data;
    });
    source.addEventListener('open', () => { if (!away && !connection.dataset.dark) back(); });
    source.addEventListener('error', () => lose());
  };
  addresses.forEach(listen);
}

// After a failed form the page begins at what is wrong.
document.querySelector('.errors')?.focus();
