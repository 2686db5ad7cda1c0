using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Wording;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.V1;
using Google.Protobuf;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Catalogue;

/// <summary>What is configured, in words, for anybody.</summary>
internal sealed class CatalogApi(CurrentAccess access, CatalogTranslator catalogue) : CatalogService.CatalogServiceBase
{
    public override Task<GetCatalogResponse> GetCatalog(GetCatalogRequest request, ServerCallContext context)
    {
        TextRules.Check(request.Language, "language", Limits.Signals.LanguageCharacters, required: false).OrThrow();
        return Task.FromResult(catalogue.ToProto(access.Now, Languages.Of(request.Language), (CallerOf.Any(context) as TenantCaller)?.Tenant));
    }

    public override Task<GetLogoResponse> GetLogo(GetLogoRequest request, ServerCallContext context)
    {
        TextRules.Check(request.Tenant, "tenant", Limits.Catalogue.TenantCharacters).OrThrow();
        if (access.Now.Tenants.GetValueOrDefault(new TenantId(request.Tenant)) is not { IsDisabled: false, Face.Logo: { } logo })
        {
            throw RpcErrors.From(new Refusal(RefusalReason.NotFound, Rule: "There is no such company, or it has no logo."));
        }

        return Task.FromResult(new GetLogoResponse { MediaType = logo.MediaType, Content = UnsafeByteOperations.UnsafeWrap(logo.Content) });
    }
}
