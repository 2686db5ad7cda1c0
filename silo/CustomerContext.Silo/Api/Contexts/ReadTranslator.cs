using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Wording;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using Google.Protobuf.Collections;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>A checked request to read.</summary>
/// <param name="Look">What the grain is asked.</param>
/// <param name="Language">In which the brief is put into words.</param>
internal sealed record CheckedRead(LookRequest Look, Language Language);

/// <summary>What a caller wants to read, checked against the configuration; what the customer allows is the grain's to say.</summary>
internal sealed class ReadTranslator(CurrentAccess access, ActorNames actors)
{
    /// <summary>The look that a tenant's request asks for.</summary>
    public Outcome<CheckedRead> Read(TenantCaller caller, string purpose, RepeatedField<V1.Facet> facets, string interaction, string language)
    {
        var set = Facets.Read(facets, "facets");
        var broken = set.Refusal
            ?? TextRules.Check(purpose, "purpose", Limits.Consents.PurposeLength)
            ?? TextRules.Check(interaction, "interaction_id", Limits.Consents.InteractionLength, required: caller.IsPerson)
            ?? TextRules.Check(language, "language", Limits.Signals.LanguageCharacters, required: false);
        if (broken is not null)
        {
            return broken;
        }

        if (!access.Now.Allows(caller, new Purpose(purpose)))
        {
            return new Refusal(RefusalReason.CallerNotAllowed, "purpose", "The purpose is not enabled for the caller's tenant, or not for the program that got the token.");
        }

        var read = new ReadRequest(caller.Tenant, caller.Role, new Purpose(purpose), set.Value, Named(interaction))
        {
            Ai = caller.AiClient is { } ai ? new AiReader(ai, caller.OnBehalfOf is { } whose ? actors.For(caller.Tenant, whose) : null) : null,
        };
        return new CheckedRead(new LookRequest(read, actors.For(caller.Tenant, caller.Actor)), Languages.Of(language));
    }

    /// <summary>The look that a customer's request for their own context asks for.</summary>
    public static Outcome<CheckedRead> ReadOwn(bool namesSubject, string purpose, RepeatedField<V1.Facet> facets, string interaction, string language)
    {
        var set = Facets.Read(facets, "facets");
        var broken = set.Refusal
            ?? (namesSubject ? new Refusal(RefusalReason.InvalidArgument, "subject", "must be left out with a customer's own token") : null)
            ?? TextRules.Check(purpose, "purpose", Limits.Consents.PurposeLength, required: false)
            ?? TextRules.Check(interaction, "interaction_id", Limits.Consents.InteractionLength, required: false)
            ?? TextRules.Check(language, "language", Limits.Signals.LanguageCharacters, required: false);
        if (broken is not null)
        {
            return broken;
        }

        var read = new ReadRequest(null, ActorRole.Customer, purpose.Length > 0 ? new Purpose(purpose) : null, set.Value, Named(interaction));
        return new CheckedRead(new LookRequest(read, Actor: null), Languages.Of(language));
    }

    private static string? Named(string interaction) => interaction.Length > 0 ? interaction : null;
}
