using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Interactions;
using CustomerContext.Domain.Joins;
using CustomerContext.Domain.Ties;
using CustomerContext.Grains.Durability;

namespace CustomerContext.Grains.Customers;

/// <summary>Requests and sharing codes.</summary>
internal sealed partial class CustomerGrain
{
    private int _requestReaders;

    public Task<Outcome<ConsentView>> CreateSharingCode(CreateSharingCode command, Digest code) =>
        Change((consent, now) => ConsentRules.CreateSharingCode(consent, command, code, now));

    public async Task<Outcome<ConsentView>> RedeemSharingCode(RedeemSharingCode command, DateTimeOffset begunAt)
    {
        if (!MayWrite(command.By.Tenant) || await PausedPartner() is not null)
        {
            return new Refusal(RefusalReason.CodeNotAccepted);
        }

        var redeemed = await Change((consent, now) => ConsentRules.RedeemSharingCode(consent, _customer, command, begunAt, now));
        if (redeemed.Value is not { Grant: { RevokedAt: null } grant })
        {
            return redeemed;
        }

        // The code of one of two linked logins is the yes of both, or of neither.
        return await EnrolPartner(EnrolRules.ForPartner(command, begunAt, grant)) is null ? redeemed : new Refusal(RefusalReason.CodeNotAccepted);
    }

    public async Task<Outcome<AskedConsent>> RequestConsent(RequestConsent command)
    {
        if (!MayWrite(command.By.Tenant))
        {
            return new AskedConsent(null);
        }

        await TenantChangesKnown();
        var asked = default(WaitingRequest);
        var changed = await Change((consent, now) =>
        {
            var step = ConsentRules.RequestConsent(consent, command, now);
            asked = step.Change is null ? null : step.State.Requests[^1];
            return step;
        });

        // A tenant that asked too often today asked nobody.
        return changed.IsOk ? new AskedConsent(changed.Value.Consent.Requests.Any(waiting => waiting.Id == asked?.Id) ? asked : null) : changed.Refusal;
    }

    public async Task<Outcome<ConsentView>> DecideConsent(DecideConsent command, string? interaction)
    {
        var opened = command.IsApproved ? await OpenedFor(command.Request, interaction) : null;
        return opened is { Refusal: not null }
            ? new Refusal(RefusalReason.NotFound, "consent_request_id", "its interaction is over")
            : await Change((consent, now) => ConsentRules.DecideConsent(consent, _customer, command, interaction, opened?.Value?.BegunAt, now));
    }

    /// <summary>The interaction in which a waiting request was asked, opened for the yes to it; absent if it was asked in none.</summary>
    private async Task<Outcome<Interaction>?> OpenedFor(string request, string? next)
    {
        var waiting = ConsentRules.Waiting(await GetConsent(), _time.GetUtcNow()).FirstOrDefault(waiting => waiting.Id == request);
        return waiting is not null && (next ?? waiting.Interaction) is { } interaction
            ? await Interaction(waiting.Tenant, interaction).Add(new TenantActor(waiting.Tenant, ActorRole.Service, waiting.Actor, interaction), _customer)
            : default(Outcome<Interaction>?);
    }

    public async Task<Outcome<WhatWaits>> NextRequests(ImmutableArray<string> known, CancellationToken left)
    {
        if (_requestReaders >= Limits.Watches.OfCustomer)
        {
            return new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Watches.OfCustomer} watches of one's own");
        }

        _requestReaders++;
        try
        {
            return await OtherThan(known, left);
        }
        finally
        {
            _requestReaders--;
        }
    }

    public async Task<WhatWaits> GetWaiting()
    {
        var consent = await GetConsent();
        var proposals = await ListProposals();
        await BeAsked(consent);
        var now = _time.GetUtcNow();
        return new WhatWaits(
            ConsentRules.Waiting(consent, now), [.. proposals.Take(Limits.Ties.ProposalsShown)], AskedRules.Waiting(_ties.Visible, consent, now));
    }

    private async Task<WhatWaits> OtherThan(ImmutableArray<string> known, CancellationToken left)
    {
        var asked = _time.GetTimestamp();
        while (true)
        {
            var change = _waitingChanges.Next;
            var waiting = await GetWaiting();
            var now = _time.GetUtcNow();
            var rest = Limits.Watches.Heartbeat - _time.GetElapsedTime(asked);
            if (rest <= TimeSpan.Zero || !known.ToHashSet().SetEquals(waiting.Ids))
            {
                return waiting;
            }

            var next = waiting.Ends.Append(now + rest).Min();
            await _waits.Until(this, change, next - now, left);
        }
    }

    /// <summary>If a question of one of the customer's tribes falls on them, it is theirs from now on. A tribe that cannot be reached asks another time.</summary>
    private async Task BeAsked(ConsentState consent)
    {
        try
        {
            foreach (var asker in AskedRules.Askers(_ties.Visible, consent, _time.GetUtcNow()).ToArray())
            {
                if ((await _tools.Releases.Get(asker)).Question is { } question)
                {
                    await _ties.BeAsked(asker, question, consent);
                }
            }
        }
        catch (Exception error) when (Trouble.MayPass(error))
        {
            // What is there already is shown nevertheless.
            _failures.Note("asking a tribe's question", error);
        }
    }
}
