using System.Security.Cryptography;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Access;
using Google.Protobuf;

namespace CustomerContext.Silo.Api;

/// <summary>
/// What tenants' request ids stood for lately, where the answer must not depend on the customer: a reuse that is found in what a customer keeps would tell that they exist.
/// </summary>
internal sealed class TenantRequests
{
    private readonly BoundedCache<(TenantId Tenant, string Id), string> _known = new(Limits.Requests.TenantRequests);

    /// <summary>Notes a request; refused if its id stood for other content within the latest <see cref="Limits.Requests.TenantRequests"/>.</summary>
    public Refusal? Check(TenantId tenant, string id, IMessage request)
    {
        if (TextRules.Check(id, "request_id", Limits.Consents.RequestIdLength) is { } broken)
        {
            return broken;
        }

        var content = $"{request.Descriptor.Name}.{Convert.ToHexString(SHA256.HashData(request.ToByteArray()))}";
        return _known.TryAdd((tenant, id), content, out var known) || known == content ? null : new Refusal(RefusalReason.RequestIdReused);
    }
}
