using CustomerContext.V1;

namespace CustomerContext.Faults.Tests.Harness;

/// <summary>What customers do before the test proper.</summary>
internal static class Customers
{
    extension(SiloClient client)
    {
        /// <summary>Makes a customer who collects from acme and grants <paramref name="tenants"/> everything; the ids of the grants, in order.</summary>
        public async Task<string[]> MakeCustomer(string email, params string[] tenants)
        {
            var preferences = Requests.Preferences("acme");
            await Patience.Try(() => client.Consents.SetPreferencesAsync(preferences, client.AsCustomer(email)).ResponseAsync);
            var grants = new List<string>();
            foreach (var tenant in tenants)
            {
                var grant = Requests.Grant(tenant);
                grants.Add((await Patience.Try(() => client.Consents.CreateGrantAsync(grant, client.AsCustomer(email)).ResponseAsync)).Grant.GrantId);
            }

            return [.. grants];
        }

        /// <summary>The whole log of a customer, oldest first, and the head of its chain.</summary>
        public async Task<(IReadOnlyList<Disclosure> Records, ChainHead Head)> ReadLog(string email)
        {
            var records = new List<Disclosure>();
            ChainHead? head = null;
            var page = "";
            do
            {
                var answer = await client.Consents.ListDisclosuresAsync(
                    new ListDisclosuresRequest { PageSize = 500, PageToken = page }, client.AsCustomer(email));
                records.AddRange(answer.Disclosures);
                head ??= answer.ChainHead;
                page = answer.NextPageToken;
            }
            while (page.Length > 0);

            records.Reverse();
            return (records, head);
        }
    }
}
