namespace CustomerContext.Domain.Consents;

public static partial class ConsentRules
{
    /// <summary>
    /// Erases: from here on there is no grant, no preference and no remembered request, for good. Who is erased already stays as they are.
    /// </summary>
    public static ConsentStep Erase(ConsentState state, DateTimeOffset now) => state.ErasedAt is null
        ? new ConsentStep(
            ConsentState.None with { Epoch = state.Epoch + 1, ErasedAt = now }, new ConsentChange(ConsentChangeKind.Erased))
        : new ConsentStep(state, null);
}
