namespace CustomerContext.Domain.Consents;

public static partial class ConsentRules
{
    /// <summary>
    /// Erases: from here on there is no grant, no preference and no remembered request, for good. Identifiers and interactions, which lead to the customer, stay until <see cref="ForgetWays"/>. Who is erased
    /// already stays as they are.
    /// </summary>
    public static ConsentStep Erase(ConsentState state, DateTimeOffset now) => state.ErasedAt is null
        ? new ConsentStep(
            ConsentState.None with { Epoch = state.Epoch + 1, ErasedAt = now, Identifiers = state.Identifiers, Calls = state.Calls }, new ConsentChange(ConsentChangeKind.Erased))
        : new ConsentStep(state, null);

    /// <summary>Of an erased customer whose identities and interactions have let go: forgets which they were, and what companies were not told yet.</summary>
    public static ConsentStep ForgetWays(ConsentState state) => state.Identifiers.IsEmpty && state.Calls.IsEmpty && state.News.IsEmpty
        ? new ConsentStep(state, null)
        : new ConsentStep(state with { Epoch = state.Epoch + 1, Identifiers = [], Calls = [], News = [] }, new ConsentChange(ConsentChangeKind.Erased));
}
