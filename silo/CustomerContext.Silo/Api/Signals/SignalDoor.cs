using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Sentiment;
using CustomerContext.Domain.Signals;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.V1;
using Google.Protobuf.Collections;
using Orleans;

namespace CustomerContext.Silo.Api.Signals;

/// <summary>
/// Takes a request's signals in: checks each, scores its text and lets go of it, finds the customer, and hands every customer theirs in one call. An answer never tells
/// whether there is a customer, or whether they collect.
/// </summary>
internal sealed class SignalDoor(
    IGrainFactory grains,
    SubjectResolver subjects,
    CustomerSelf self,
    SignalTranslator translator,
    SignalPeople people,
    ISentimentScorer scorer,
    TopicGates gates,
    HelpPages pages,
    RecentSignals recent,
    SignalMetrics metrics,
    TimeProvider time)
{
    /// <summary>Whose ids mean nothing.</summary>
    private static readonly TenantId Nobody = new("nobody");

    /// <summary>One result for each signal, in order.</summary>
    public async Task<SignalResult[]> Take(Caller caller, RepeatedField<V1.Signal> signals)
    {
        if (signals.Count is 0 or > Limits.Requests.Signals)
        {
            throw RpcErrors.From(new Refusal(RefusalReason.InvalidArgument, "signals", $"must be 1 to {Limits.Requests.Signals}"));
        }

        var results = new SignalResult[signals.Count];
        var byCustomer = new Dictionary<ICustomerGrain, List<(int Place, ScoredSignal Signal)>>();
        for (var i = 0; i < signals.Count; i++)
        {
            var read = await Read(caller, signals[i], i);
            if (!read.IsOk)
            {
                results[i] = Refused(signals[i].Id, read.Refusal);
                continue;
            }

            if (read.Value is not { Customer: { } customer, Signal: { } signal })
            {
                results[i] = Accepted(read.Value.Source, signals[i].Id, signals[i].TakeBack is not null);
                continue;
            }

            if (!byCustomer.TryGetValue(customer, out var theirs))
            {
                byCustomer[customer] = theirs = [];
            }

            theirs.Add((i, signal));
        }

        await Task.WhenAll(byCustomer.Select(one => Publish(one.Key, one.Value, results)));
        metrics.Answered(results);
        return results;
    }

    /// <summary>Whom a signal is about, absent if there is no such customer; and what enters of it, absent if that is nothing.</summary>
    private async ValueTask<Outcome<(SourceId Source, ICustomerGrain? Customer, ScoredSignal? Signal)>> Read(Caller caller, V1.Signal signal, int place)
    {
        var prefix = $"signals[{place}]";
        var read = translator.Read(caller, signal);
        var text = signal.Conversation is { HasText: true, Text: var words } ? words : null;
        var language = signal.Conversation?.Language ?? "";
        var broken = read.Refusal
            ?? SignalRules.Check(read.Value!, time.GetUtcNow())
            ?? SignalRules.CheckLanguage(language)
            ?? (text is null ? null : SignalRules.CheckText(text));
        if (broken is not null)
        {
            return broken with { Field = broken.Field is { } field ? $"{prefix}.{field}" : prefix };
        }

        var source = read.Value!.Source;
        var scored = SignalScoring.Score(read.Value, text, scorer, gates.Of(source), language);
        if (caller is CustomerCaller customer)
        {
            var me = await self.Find(customer);
            return await Filled(source, me, me is null ? Nobody : CustomerSelf.ScopeOf(me), scored, signal, prefix);
        }

        var tenant = ((TenantCaller)caller).Tenant;
        var named = await subjects.Resolve(tenant, signal.Subject, $"{prefix}.subject");
        return named.IsOk
            ? await Filled(source, grains.GetGrain<ICustomerGrain>(named.Value.Customer.Value), tenant, scored, signal, prefix)
            : named.Refusal;
    }

    private async ValueTask<Outcome<(SourceId Source, ICustomerGrain? Customer, ScoredSignal? Signal)>> Filled(
        SourceId source, ICustomerGrain? customer, TenantId scope, ScoredSignal? scored, V1.Signal signal, string prefix)
    {
        if (scored is null)
        {
            return (source, customer, scored);
        }

        var filled = await people.Fill(scope, scored.Signal, signal);
        return filled.IsOk
            ? (source, customer, pages.Fill(scored with { Signal = filled.Value }))
            : filled.Refusal with { Field = $"{prefix}.{filled.Refusal.Field}" };
    }

    private async Task Publish(ICustomerGrain customer, List<(int Place, ScoredSignal Signal)> signals, SignalResult[] results)
    {
        ImmutableArray<Refusal?> refusals;
        try
        {
            refusals = await customer.Publish([.. signals.Select(item => item.Signal)]);
        }
        catch (Exception error) when (Faults.IsTrouble(error))
        {
            refusals = [.. Enumerable.Repeat<Refusal?>(new Refusal(RefusalReason.Unavailable), signals.Count)];
        }

        if (refusals.Count(refusal => refusal?.Reason == RefusalReason.Untold) is > 0 and var untold && signals[0].Signal.Signal.Source.Tenant is { } tenant)
        {
            metrics.RefusedUntold(tenant, untold);
        }

        for (var i = 0; i < signals.Count; i++)
        {
            var signal = signals[i].Signal.Signal;
            results[signals[i].Place] = refusals[i] is { Reason: not RefusalReason.Untold } refusal ? Refused(signal.Id, refusal) : Accepted(signal.Source, signal.Id, signal is Domain.Signals.TakeBackSignal);
        }
    }

    /// <summary>What takes back has the id of what it takes back, so it is no repeat of that.</summary>
    private SignalResult Accepted(SourceId source, string id, bool takesBack) => new()
    {
        SignalId = id,
        Outcome = !takesBack && recent.IsRepeat(source, id) ? SignalOutcome.Duplicate : SignalOutcome.Accepted,
    };

    private static SignalResult Refused(string id, Refusal refusal) => new()
    {
        // What is no id is not sent back.
        SignalId = TextRules.Check(id, "id", Limits.Signals.IdCharacters) is null ? id : "",
        Outcome = SignalOutcome.Refused,
        Status = ItemStatuses.From(refusal),
    };
}
