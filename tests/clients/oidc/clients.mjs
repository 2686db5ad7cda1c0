// Who asks the provider for tokens. Every secret is "secret": it guards nothing.
const common = { client_secret: 'secret', token_endpoint_auth_method: 'client_secret_post', response_types: [], redirect_uris: [] };

export const clients = (issuer, pages) => [
  // The desktop of acme's agents, and the page of the customers: authorization code.
  ...['acme-desktop', 'customer-page'].map(client_id => ({
    ...common, client_id, grant_types: ['authorization_code'], response_types: ['code'], redirect_uris: [`${issuer}/test/callback`],
  })),
  // The pages: authorization code with refresh, and signing out.
  {
    ...common, client_id: 'pages', grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], redirect_uris: [`${pages}signed-in`],
    post_logout_redirect_uris: [`${pages}signed-out`],
  },
  // Programs: client credentials.
  ...['acme-crm', 'globex-crm'].map(client_id => ({ ...common, client_id, grant_types: ['client_credentials'] })),
  // CustomerContext itself, which asks customers on their devices: CIBA.
  {
    ...common, client_id: 'customercontext-ciba', grant_types: ['urn:openid:params:grant-type:ciba'], backchannel_token_delivery_mode: 'poll',
    authorization_details_types: ['urn:customercontext:grant'],
  },
];

// What their access tokens say beside the standard claims. POST /test/clients changes it.
export const clientClaims = {
  'acme-desktop': { tenant: 'acme' },
  'acme-crm': { tenant: 'acme' },
  'globex-crm': { tenant: 'globex' },
};
