using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Tribes;

namespace CustomerContext.Domain.Ties;

/// <summary>When a customer is shown a question of one of their tribes, and when it is settled. Who is drawn is <see cref="PanelRules"/>'.</summary>
public static class AskedRules
{
    /// <summary>The question that is open for the customer; absent if there is none.</summary>
    public static AskedQuestion? Waiting(TiesState state, ConsentState consent, DateTimeOffset now) =>
        state.Asked is { IsAnswered: false } asked && now < asked.Until
        && PanelRules.MayBeAsked(consent, lastAsked: null, now) && GroupsContent.Joined(state).Contains(asked.Tribe) ? asked : null;

    /// <summary>The groups whose question, if it falls on the customer, they may be shown now: their tribes, for everybody for whom they let themselves be counted.</summary>
    public static IEnumerable<GroupId> Askers(TiesState state, ConsentState consent, DateTimeOffset now) =>
        state.Outbox.Sent is not null && PanelRules.MayBeAsked(consent, state.Asked?.AskedAt, now)
            ? GroupsContent.Joined(state).SelectMany(tribe => state.Outbox.Audiences.Select(yes => GroupId.Tribe(tribe.Value, yes.Audience)))
            : [];

    /// <summary>The state in which the customer has been asked the question of <paramref name="asker"/>, if it falls on them; else the same.</summary>
    public static TiesState Ask(TiesState state, CustomerKey me, GroupId asker, PanelQuestion question, ConsentState consent, GroupSecret secret, DateTimeOffset now) =>
        state.Outbox.Sent is { } sent && PanelRules.IsAsked(question, secret.Pseudonym(me, asker), sent.Voice.Stratum, consent, state.Asked?.AskedAt, now)
            ? state with { Asked = new AskedQuestion(question.Id, new TribeId(asker.Name), question.Topic, now, question.Until, false), Taken = state.Taken + 1 }
            : state;

    /// <summary>The state after an answer; the same if it answers no question, or another one.</summary>
    public static TiesState Take(TiesState state, SurveySignal answer) =>
        answer.PanelQuestion is { } id && state.Asked is { IsAnswered: false } asked && asked.Id == id
            ? state with { Asked = asked with { IsAnswered = true }, Taken = state.Taken + 1 }
            : state;
}
