using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Joins;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Grains.Customers;

/// <summary>Yeses to requests for consent. The ledger's step counts; answers that came with it are in it until the context has them.</summary>
internal sealed partial class CustomerGrain
{
    /// <summary>The request whose answers are in the context, durably.</summary>
    private string? _appliedAnswers;

    public async Task<Outcome<CheckedDecision>> CheckDecision(DecideConsent command, string? interaction)
    {
        var now = _time.GetUtcNow();
        var consent = await GetConsent();
        var step = ConsentRules.DecideConsent(consent, _customer, command, interaction, now, now);
        return step.Value is { } decided ? new CheckedDecision(decided.Change is null ? new ConsentView(consent, decided.Grant) : null) : step.Refusal!;
    }

    public async Task<Outcome<ConsentView>> Enrol(Enrol command)
    {
        await ScheduleHousekeeping();
        if (await PausedPartner() is { } paused)
        {
            return paused;
        }

        var enrolled = await Change((consent, now) => EnrolRules.Enrol(consent, _customer, command, now));
        if (!enrolled.IsOk)
        {
            return enrolled;
        }

        await Name(command.Proved.Where(identifier => identifier.Tenant is null));
        await FinishEnrolment();
        return await EnrolPartner(command) is { } refused ? refused : enrolled;
    }

    public async Task<Refusal?> EnrolPartner(Enrol command)
    {
        if ((await GetConsent()).Merge is not { } merge)
        {
            return null;
        }

        var other = GrainFactory.GetGrain<ICustomerGrain>(merge.Customer.Value);
        if ((await other.GetConsent()).Merge?.Customer != _customer)
        {
            return null;
        }

        var added = await Interaction(command.By.Tenant, command.By.Interaction!).Add(command.By, merge.Customer);
        if ((added.IsOk ? await other.EnrolAsPartner(command) : added.Refusal) is not { } refused)
        {
            return null;
        }

        // It is on neither. Looks ask both ledgers, so nothing was shown meanwhile.
        var grant = GrantId.For(_customer, command.RequestId);
        await RevokeGrant(new RevokeGrant($"undone {grant.Value}", grant));
        return refused;
    }

    /// <summary>The linked customer has paused everything: found before anything is written, so that the yes can be repeated when the pause is over. Absent if not.</summary>
    private async Task<Refusal?> PausedPartner()
    {
        var merge = (await GetConsent()).Merge;
        var other = merge is null ? null : await GrainFactory.GetGrain<ICustomerGrain>(merge.Customer.Value).GetConsent();
        return other is { PausedAt: not null } && other.Merge?.Customer == _customer ? new Refusal(RefusalReason.ConsentRequired) : null;
    }

    public async Task<Refusal?> EnrolAsPartner(Enrol command) =>
        (await Change((consent, now) => EnrolRules.EnrolAsPartner(consent, _customer, command, now))).Refusal;

    public async Task<ConsentState> FinishEnrolment()
    {
        var consent = await GetConsent();
        if (NotApplied(consent.Due) is { } due)
        {
            await Publish([.. EnrolRules.Signals(due).Select(signal => new ScoredSignal(signal, null))]);
            _appliedAnswers = due.Join;
        }

        return consent;
    }

    private DueAnswers? NotApplied(DueAnswers? due) => due?.Join == _appliedAnswers ? null : due;
}
