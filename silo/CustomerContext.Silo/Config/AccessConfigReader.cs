using System.Collections.Frozen;
using CustomerContext.Domain;
using CustomerContext.Domain.Access;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Topics;
using CustomerContext.Silo.Access;

namespace CustomerContext.Silo.Config;

/// <summary>Tenants, issuers and rates, checked.</summary>
internal sealed class AccessConfigReader(ConfigErrors errors)
{
    /// <summary>What <paramref name="options"/> say; what is wrong with them goes to the errors.</summary>
    public AccessConfig Read(SiloOptions options)
    {
        var tenants = new Dictionary<TenantId, Tenant>();
        for (var i = 0; i < options.Tenants.Count; i++)
        {
            var tenant = TenantOf(options.Tenants[i], options.Development, $"Tenants:{i}");
            if (!tenants.TryAdd(tenant.Id, tenant))
            {
                errors.Add($"Tenants:{i}:Id", "is there twice");
            }
        }

        var issuers = new Dictionary<string, Issuer>(StringComparer.Ordinal);
        for (var i = 0; i < options.Issuers.Count; i++)
        {
            var issuer = new IssuerReader(errors, $"Issuers:{i}").Read(options.Issuers[i], tenants.Keys);
            if (!issuers.TryAdd(issuer.Name, issuer))
            {
                errors.Add($"Issuers:{i}:Issuer", "is there twice");
            }
        }

        return new AccessConfig(
            tenants.ToFrozenDictionary(),
            issuers.ToFrozenDictionary(StringComparer.Ordinal),
            RatesOf(options.Customers, Limits.Rates.Customer, "Customers"))
        {
            Topics = TopicGate.OfCustomers(options.Tenants.SelectMany(tenant => tenant.Products).Where(TopicGate.IsProductName).Distinct()),
            WriteKeys = WriteKeysReader.Read(options.Tenants, errors),
            HelpHosts = HelpHostsReader.Read(options.Tenants, errors),
            Origins = OriginsReader.Read(options.Tenants, errors),
        };
    }

    private Tenant TenantOf(TenantOptions options, bool isDevelopment, string key)
    {
        errors.Name(options.Id, $"{key}:Id");
        if (options.Sources.Count == 0)
        {
            errors.Add($"{key}:Sources", "needs at least one");
        }

        if (options.Network && options.Purposes.Count > 0)
        {
            errors.Add($"{key}:Purposes", "must be empty: a network sends and never reads");
        }

        if (options.Connector is { } connector && !(options.Network && IsConnector(connector)))
        {
            errors.Add($"{key}:Connector", "must be an https address without a query, http on loopback only, of a network");
        }

        for (var i = 0; i < options.Sources.Count; i++)
        {
            errors.Name(options.Sources[i], $"{key}:Sources:{i}");
        }

        var id = new TenantId(options.Id);
        return new Tenant(
            id,
            options.Disabled,
            [.. options.Sources.Select(name => SourceId.Of(id, name))],
            PurposesOf(options.Purposes, $"{key}:Purposes"),
            ClientsOf(options.Clients, $"{key}:Clients"),
            RatesOf(options.All, Limits.Rates.Tenant, $"{key}:All"),
            RatesOf(options.Person, Limits.Rates.Person, $"{key}:Person"),
            RatesOf(options.Service, Limits.Rates.Service, $"{key}:Service"))
        {
            IsNetwork = options.Network,
            Connector = options.Connector,
            AiClients = AiClientsOf(options, key),
            Topics = TopicGate.OfTenant(ProductsOf(options.Products, $"{key}:Products")),
            Face = new CompanyFaceReader(errors, key).Read(options),
            Answers = AnswersOf(options.Answers, $"{key}:Answers"),
            Roster = new RosterReader(errors, $"{key}:Roster").Read(options.Roster),
            Webhooks = WebhookTarget.Read(options.Webhooks, isDevelopment, errors, $"{key}:Webhooks"),
            Messages = MessageWays.Read(options.Messages, errors, $"{key}:Messages"),
        };
    }

    private static bool IsConnector(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && IssuerAddress.IsSafe(address) && address is { Query: "", Fragment: "", UserInfo: "" };

    private List<string> ProductsOf(IReadOnlyList<string> names, string key)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (!TopicGate.IsProductName(names[i]))
            {
                errors.Add(
                    $"{key}:{i}",
                    $"must be 1 to 6 words of letters and digits, at most {Limits.Signals.TopicCharacters} characters, none of what is never kept (docs/topics.md)");
            }
        }

        return [.. names.Where(TopicGate.IsProductName)];
    }

    private AnswerTimes AnswersOf(IReadOnlyList<AnswerTimeOptions> options, string key)
    {
        if (options.Count > Limits.Attention.Tiers)
        {
            errors.Add(key, $"must be at most {Limits.Attention.Tiers}");
        }

        for (var i = 0; i < options.Count; i++)
        {
            if (options[i].Tier.Length is 0 or > Limits.Signals.TraitValueCharacters)
            {
                errors.Add($"{key}:{i}:Tier", $"must be 1 to {Limits.Signals.TraitValueCharacters} characters");
            }

            if (options.Take(i).Any(other => other.Tier == options[i].Tier))
            {
                errors.Add($"{key}:{i}:Tier", "is there twice");
            }

            errors.Within(options[i].Hours, 1, Limits.Attention.MostAnswerHours, $"{key}:{i}:Hours");
            errors.Within(options[i].NoticeHours ?? 0, 0, options[i].Hours, $"{key}:{i}:NoticeHours");
            errors.Within(options[i].EscalationHours, 0, Limits.Attention.MostEscalationHours, $"{key}:{i}:EscalationHours");
        }

        return new AnswerTimes([.. options.Select(AnswerTimeOf)]);
    }

    private static AnswerTime AnswerTimeOf(AnswerTimeOptions options) => new(
        options.Tier,
        TimeSpan.FromHours(options.Hours),
        TimeSpan.FromHours(options.NoticeHours ?? Math.Min(options.Hours, Limits.Attention.NoticeHours)),
        TimeSpan.FromHours(options.EscalationHours));

    private FrozenDictionary<string, FrozenSet<Purpose>> ClientsOf(IReadOnlyList<ClientOptions> options, string key)
    {
        var clients = new Dictionary<string, FrozenSet<Purpose>>(StringComparer.Ordinal);
        for (var i = 0; i < options.Count; i++)
        {
            if (options[i].Id.Length is 0 or > Limits.AiReaders.ClientLength)
            {
                errors.Add($"{key}:{i}:Id", $"must be 1 to {Limits.AiReaders.ClientLength} characters");
            }

            if (!clients.TryAdd(options[i].Id, PurposesOf(options[i].Purposes, $"{key}:{i}:Purposes")))
            {
                errors.Add($"{key}:{i}:Id", "is there twice");
            }
        }

        return clients.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private FrozenSet<string> AiClientsOf(TenantOptions options, string key)
    {
        for (var i = 0; i < options.AiClients.Count; i++)
        {
            if (options.AiClients[i].Length is 0 or > Limits.AiReaders.ClientLength)
            {
                errors.Add($"{key}:AiClients:{i}", $"must be 1 to {Limits.AiReaders.ClientLength} characters");
            }
            else if (options.Clients.Count > 0 && options.Clients.All(client => client.Id != options.AiClients[i]))
            {
                errors.Add($"{key}:AiClients:{i}", "must be the Id of one of Clients");
            }
        }

        return options.AiClients.ToFrozenSet(StringComparer.Ordinal);
    }

    private FrozenSet<Purpose> PurposesOf(IReadOnlyList<string> names, string key)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (PurposeTable.Find(new Purpose(names[i])) is null)
            {
                errors.Add($"{key}:{i}", "is not a purpose of the documented list");
            }
        }

        return names.Select(name => new Purpose(name)).ToFrozenSet();
    }

    private CallRates RatesOf(RateOptions options, CallRates standard, string key)
    {
        var rates = new CallRates(options.Looks ?? standard.Looks, options.Signals ?? standard.Signals, options.Other ?? standard.Other);
        errors.Within(rates.Looks, 1, Limits.Rates.Most, $"{key}:Looks");
        errors.Within(rates.Signals, 1, Limits.Rates.Most, $"{key}:Signals");
        errors.Within(rates.Other, 1, Limits.Rates.Most, $"{key}:Other");
        return rates;
    }
}
