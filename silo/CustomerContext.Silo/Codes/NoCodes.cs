using CustomerContext.Domain.Common;

namespace CustomerContext.Silo.Codes;

/// <summary>Where nobody was named who sends codes, none are sent: customers attach what their tokens prove.</summary>
internal sealed class NoCodes : ICodeSender
{
    public Task<Refusal?> Send(CodeMessage message, CancellationToken cancellation) => Task.FromResult<Refusal?>(new Refusal(RefusalReason.NotImplemented));
}
