using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using CustomerContext.Domain.Interactions;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Joins;

/// <summary>Says yes to a request, with everything that was said beside it: one step of the customer's ledger.</summary>
/// <param name="RequestId">The customer's.</param>
/// <param name="Join">The key of the request.</param>
/// <param name="By">Who asked, and in which interaction as it goes on now: a repeat may come in another one, and is the same yes.</param>
/// <param name="BegunAt">When the interaction began.</param>
/// <param name="Terms">What the yes gives: <see cref="EnrolRules.TermsOf"/>.</param>
/// <param name="KeepsForLater">False: what is collected because of this yes ends with the call and is deleted.</param>
/// <param name="CallMe">What the customer wants to be called; absent: as it was. Personal data.</param>
/// <param name="Proved">Identifiers that are proven to be the customer's.</param>
/// <param name="Answers">What they said it is about.</param>
[GenerateSerializer, Immutable, Alias("Enrol")]
public sealed record Enrol(
    [property: Id(0)] string RequestId,
    [property: Id(1)] string Join,
    [property: Id(2), JsonIgnore] TenantActor By,
    [property: Id(3), JsonIgnore] DateTimeOffset BegunAt,
    [property: Id(4)] GrantTerms Terms,
    [property: Id(5)] bool KeepsForLater,
    [property: Id(6)] string? CallMe,
    [property: Id(7), JsonIgnore] ImmutableArray<LinkedIdentifier> Proved,
    [property: Id(8)] JoinAnswers Answers)
{
    /// <summary>The notice that was displayed; absent if none was.</summary>
    [Id(9)]
    public ShownNotice? Notice { get; init; }
}

/// <summary>The answers to the three optional questions, each of values that the tables know.</summary>
/// <param name="Topics">What it is about, at most <see cref="Limits.Joins.Topics"/>.</param>
/// <param name="WantedOutcome">What should come of it; absent: not answered.</param>
/// <param name="PleaseDoNot">What should not be done, at most <see cref="Limits.Joins.DoNots"/>.</param>
[GenerateSerializer, Immutable, Alias("JoinAnswers")]
public sealed record JoinAnswers(
    [property: Id(0)] ImmutableArray<string> Topics, [property: Id(1)] string? WantedOutcome, [property: Id(2)] ImmutableArray<string> PleaseDoNot)
{
    /// <summary>Nothing was answered.</summary>
    public static JoinAnswers None { get; } = new([], null, []);

    /// <summary>True if nothing was answered.</summary>
    public bool IsEmpty => Topics.IsEmpty && WantedOutcome is null && PleaseDoNot.IsEmpty;
}

/// <summary>Answers that are part of a yes and not yet in the customer's context.</summary>
/// <param name="Join">The key of the request: the ids of the signals come from it, so that each counts once.</param>
/// <param name="At">When they were given.</param>
/// <param name="Answers">The answers.</param>
[GenerateSerializer, Immutable, Alias("DueAnswers")]
public sealed record DueAnswers([property: Id(0)] string Join, [property: Id(1)] DateTimeOffset At, [property: Id(2)] JoinAnswers Answers);

/// <summary>What a yes gives, and the one step that gives it.</summary>
public static class EnrolRules
{
    /// <summary>The preset that everybody may choose.</summary>
    public const string ThisCall = "this-call";

    /// <summary>A name of the channel under which the answers stand among the conversations.</summary>
    private const string Channel = "join";

    /// <summary>
    /// The presets that a yes may choose, the one that was asked for first. Whoever has no sign-in of their own gets <see cref="ThisCall"/> alone: it cannot be withdrawn from another machine.
    /// </summary>
    public static ImmutableArray<string> Presets(GrantTerms asked, bool hasSignIn) =>
        hasSignIn && asked.Preset is { } preset && preset != ThisCall ? [preset, ThisCall] : [ThisCall];

    /// <summary>What a tenant asks for, in full; the same whoever is asked. Networks of a customer's are not in it: the tenant may not learn of them.</summary>
    public static Outcome<GrantTerms> Asked(GrantTerms terms, TenantId tenant, DateTimeOffset now)
    {
        var whole = PresetRules.Expand(terms, PresetUse.Request, ConsentState.None, tenant, now);
        var grant = whole.IsOk ? ConsentRules.NewGrant(new GrantId(""), tenant, whole.Value, null, now) : whole.Refusal;
        return grant.IsOk ? whole : grant.Refusal;
    }

    /// <summary>A live grant of the customer's that gives all that <paramref name="join"/> asks for; absent if there is none.</summary>
    public static Grant? LiveGrant(ConsentState state, Join join, DateTimeOffset now) => state.Grants.LastOrDefault(grant =>
        grant.Tenant == join.By.Tenant && grant.When != GrantWhen.ThisCallOnly && grant.From <= now && !grant.HasEnded(now)
        && join.Terms.Purposes.All(grant.Purposes.Contains) && join.Terms.Facets.Except(grant.Facets).IsEmpty && grant.Scope.Covers(join.Terms.Sources));

    /// <summary>What a yes under <paramref name="preset"/> gives: what was asked for, or the same in this call only. This-call is always for the call alone.</summary>
    public static Outcome<GrantTerms> TermsOf(GrantTerms asked, string preset, bool showWhere, bool hasSignIn, AiReaders? aiReaders = null)
    {
        var chosen = preset.Length == 0 ? ThisCall : preset;
        if (!Presets(asked, hasSignIn).Contains(chosen))
        {
            return new Refusal(RefusalReason.InvalidArgument, "preset", "must be one that OpenJoin offers");
        }

        var terms = chosen == asked.Preset && (chosen == ThisCall ? asked.When == GrantWhen.ThisCallOnly : hasSignIn)
            ? asked
            : asked with { When = GrantWhen.ThisCallOnly, Until = null, Preset = ThisCall, PresetVersion = PresetTable.Find(ThisCall)!.Version };
        return terms with { ShowWhere = showWhere, AiReaders = aiReaders };
    }

    /// <summary>True if the customer can sign in somewhere, or is linked with one who can: without that they are provisional.</summary>
    public static bool HasSignIn(ConsentState state) => state.Merge is not null || state.Identifiers.Any(known => known.Format == IdentifierFormat.IssuerSubject);

    /// <summary>The rule that a provisional customer's preferences break; absent if none. Whoever has many addresses makes many of them, so they count in no group and are asked nothing.</summary>
    public static Refusal? CheckProvisional(Preferences preferences) => preferences is { Contribute.IsEmpty: true, Publish: false, Ask: false }
        ? null
        : new Refusal(RefusalReason.CallerNotAllowed, "preferences", "contribute, publish and ask need a sign-in");

    /// <summary>
    /// The one step: customer, <em>of age</em>, <em>collect</em>, name, identifiers, the call, the grant and the answers come to be together or not at all.
    /// </summary>
    public static Outcome<ConsentStep> Enrol(ConsentState state, CustomerKey customer, Enrol command, DateTimeOffset now)
    {
        var id = GrantId.For(customer, command.RequestId);
        return ConsentRules.Once(state, command.RequestId, command, state.Find(id), mark =>
        {
            if (state.PausedAt is not null || state.Find(id) is not null)
            {
                return new Refusal(state.PausedAt is not null ? RefusalReason.ConsentRequired : RefusalReason.RequestIdReused);
            }

            if (CallChanges.Opened(state, command.By, command.BegunAt, now) is not { } opened)
            {
                return new Refusal(RefusalReason.InteractionOver);
            }

            var collecting = Collecting(OfAge(opened, now), command, command.BegunAt + Limits.Calls.Longest);
            var enrolled = ConsentRules.WithProved(collecting, command.Proved) with
            {
                Due = command.Answers.IsEmpty ? state.Due : new DueAnswers(command.Join, now, command.Answers),
                Requests = collecting.Requests.RemoveAll(request => request.Id == command.Join),
            };
            var grant = ConsentRules.InCall(enrolled, id, command.By, AiReaderRules.Still(command.Terms, now), now);
            var given = grant.IsOk ? ConsentRules.Given(enrolled, grant.Value with { Notice = command.Notice }, mark, now) : grant.Refusal;
            return given.Value is { } step
                ? step with
                {
                    Change = step.Change! with
                    {
                        Kind = state.Epoch == 0 ? ConsentChangeKind.Enrolled : ConsentChangeKind.GrantCreated,
                        Preferences = enrolled.Preferences,
                    },
                }
                : given;
        });
    }

    /// <summary>The yes of a linked customer that made <paramref name="grant"/>, for the other one's ledger.</summary>
    public static Enrol ForPartner(string requestId, TenantActor by, DateTimeOffset begunAt, Grant grant) =>
        new(requestId, "", by, begunAt, ConsentRules.TermsOf(grant), KeepsForLater: false, null, [], JoinAnswers.None) { Notice = grant.Notice };

    /// <summary>The same of a yes that a code said.</summary>
    public static Enrol ForPartner(RedeemSharingCode command, DateTimeOffset begunAt, Grant grant) =>
        ForPartner(RecentRequests.NameOf(command.By.Tenant, command.RequestId), command.By, begunAt, grant);

    /// <summary>The other one of two linked customers said yes: the grant is on this ledger too, and nothing else changes but <em>of age</em>, which is said of the person.</summary>
    public static Outcome<ConsentStep> EnrolAsPartner(ConsentState state, CustomerKey customer, Enrol command, DateTimeOffset now)
    {
        var id = GrantId.For(customer, command.RequestId);
        return ConsentRules.Once(state, command.RequestId, command, state.Find(id), mark =>
        {
            if (state.PausedAt is not null || CallChanges.Opened(state, command.By, command.BegunAt, now) is not { } opened)
            {
                return new Refusal(state.PausedAt is not null ? RefusalReason.ConsentRequired : RefusalReason.InteractionOver);
            }

            var enrolled = OfAge(opened, now);
            var grant = ConsentRules.InCall(enrolled, id, command.By, AiReaderRules.Still(command.Terms, now), now);
            return grant.IsOk ? ConsentRules.Given(enrolled, grant.Value with { Notice = command.Notice }, mark, now) : grant.Refusal;
        });
    }

    /// <summary>The answers as signals of the customer's own. The same answers make the same signals.</summary>
    public static ImmutableArray<Signal> Signals(DueAnswers due)
    {
        var signals = ImmutableArray.CreateBuilder<Signal>();
        if (!due.Answers.Topics.IsEmpty)
        {
            signals.Add(new ConversationSignal
            {
                ConversationId = $"join-{due.Join}",
                Channel = Channel,
                Role = Role.Customer,
                State = ConversationState.Closed,
                Topics = due.Answers.Topics,
            });
        }

        if (due.Answers.WantedOutcome is { } outcome)
        {
            signals.Add(new TraitSignal { Name = TraitName.WantedOutcome, Value = outcome });
        }

        signals.AddRange(due.Answers.PleaseDoNot.Select(value => new TraitSignal { Name = TraitName.PleaseDoNot, Value = value }));
        return [.. signals.Select((signal, i) => signal with { Id = $"join-{due.Join}-{i}", Source = SourceId.Customer, OccurredAt = due.At })];
    }

    /// <summary>What may be kept from now on: what this company sends, and what the customer says; for this call alone unless they keep it for later.</summary>
    private static ConsentState Collecting(ConsentState state, Enrol command, DateTimeOffset until)
    {
        var wanted = SourceScope.OwnOf(command.By.Tenant).Union(SourceScope.Of([], [SourceId.Customer]));
        var preferences = state.Preferences;
        var forCalls = state.CollectUntil.Aggregate(SourceScope.None, (all, one) => all.Union(one.Sources));
        var added = wanted.Without(preferences.Collect.Without(forCalls));
        return state with
        {
            Preferences = preferences with { Collect = preferences.Collect.Union(wanted), CallMe = command.CallMe ?? preferences.CallMe },
            CollectUntil = command.KeepsForLater ? [.. state.CollectUntil.Select(one => one with { Sources = one.Sources.Without(wanted) }).Where(one => one.Sources.Count > 0)]
                : added.Count == 0 ? state.CollectUntil
                : state.CollectUntil.Add(new CallCollect(command.By.Tenant, command.By.Interaction!, added, until)),
        };
    }

    /// <summary>The consent of who says that they are of age. Yeses from before a time at which they took that back, grants too, do not revive.</summary>
    private static ConsentState OfAge(ConsentState state, DateTimeOffset now) => state.Preferences.OfAge
        ? state
        : state with
        {
            Preferences = Preferences.Off with { OfAge = true, LeaveMeAlone = state.Preferences.LeaveMeAlone, CallMe = state.Preferences.CallMe },
            Grants = [.. state.Grants.Select(grant => grant.HasEnded(now) ? grant : grant with { EndedAt = now })],
        };
}
