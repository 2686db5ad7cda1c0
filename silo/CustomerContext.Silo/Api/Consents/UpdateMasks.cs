using System.Globalization;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>What a change says of itself: which fields it is about, and which state of consent it was decided on.</summary>
internal static class UpdateMasks
{
    private const string MaskField = "update_mask";
    private const string VersionField = "expected_consent_version";

    /// <summary>The preferences that a mask names.</summary>
    public static Outcome<PreferenceFields> OfPreferences(FieldMask? mask)
    {
        var fields = PreferenceFields.None;
        foreach (var path in mask?.Paths ?? [])
        {
            var field = path switch
            {
                "collect" => PreferenceFields.Collect,
                "contribute" => PreferenceFields.Contribute,
                "publish" => PreferenceFields.Publish,
                "ask" => PreferenceFields.Ask,
                "of_age" => PreferenceFields.OfAge,
                "leave_me_alone" => PreferenceFields.LeaveMeAlone,
                "call_me" => PreferenceFields.CallMe,
                "contribute_reading" => PreferenceFields.ContributeReading,
                "may_be_contacted" => PreferenceFields.MayBeContacted,
                _ => PreferenceFields.None,
            };
            if (field == PreferenceFields.None)
            {
                return new Refusal(RefusalReason.InvalidArgument, MaskField, "must name fields of Preferences, and no '*'");
            }

            fields |= field;
        }

        return fields == PreferenceFields.None ? new Refusal(RefusalReason.InvalidArgument, MaskField, "must name at least one field") : fields;
    }

    /// <summary>The fields of a grant's terms that a mask names; none without a mask.</summary>
    public static Outcome<GrantFields> OfGrant(FieldMask? mask)
    {
        var fields = GrantFields.None;
        foreach (var path in mask?.Paths ?? [])
        {
            var field = path switch
            {
                "purposes" => GrantFields.Purposes,
                "facets" => GrantFields.Facets,
                "sources" or "owners" => GrantFields.Sources,
                "from_time" => GrantFields.From,
                "until_time" => GrantFields.Until,
                "when" => GrantFields.When,
                "include_earlier" => GrantFields.IncludeEarlier,
                "show_where" => GrantFields.ShowWhere,
                "ai_readers" => GrantFields.AiReaders,
                _ => GrantFields.None,
            };
            if (field == GrantFields.None)
            {
                return new Refusal(RefusalReason.InvalidArgument, MaskField, "must name fields of GrantTerms that can be changed, and no '*'");
            }

            fields |= field;
        }

        return fields;
    }

    /// <summary>The epoch of consent on which a change was decided; absent if it does not say.</summary>
    public static Outcome<long?> Expected(string version) => version switch
    {
        "" => default(long?),
        { Length: <= Limits.Consents.VersionLength } when long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) => epoch,
        _ => new Refusal(RefusalReason.InvalidArgument, VersionField, "must be a consent_version of this service"),
    };
}
