using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Attacks;

/// <summary>
/// Aliases do not tell who is a customer. An accomplice who granted everything is named together with somebody else; before, the answer came if that one was nobody and was refused if
/// they were a customer.
/// </summary>
public sealed class AliasAttackTests(RunningSilo running, ITestOutputHelper output) : IClassFixture<RunningSilo>
{
    private static readonly int _people = Trials.Count("CC_ALIASES", 6);

    private SiloClient Client => running.Client;

    [Fact]
    public Task GetContext_AccompliceAndSomebody_TheSameForCustomersAndForNobody() => TellsNothing(async somebody =>
    {
        var request = Requests.Lookup(RunningSilo.Email);
        request.Subject = Aliases(RunningSilo.Email, somebody);
        return await Answers(() => Client.Contexts.GetContextAsync(request, Client.AsAgent()).ResponseAsync);
    });

    [Fact]
    public Task ResolveCustomer_AccompliceAndSomebody_TheSameForCustomersAndForNobody() => TellsNothing(somebody => Answers(() =>
        Client.Identities.ResolveCustomerAsync(new ResolveCustomerRequest { Subject = Aliases(RunningSilo.Email, somebody) }, Client.AsAgent()).ResponseAsync));

    [Fact]
    public Task PublishSignals_AccompliceAndSomebody_TheSameForCustomersAndForNobody() => TellsNothing(async somebody =>
    {
        var mark = $"aliased-{Requests.NewId()}"[..40];
        var turn = Requests.Turn(RunningSilo.Email, mark, 1);
        turn.Subject = Aliases(RunningSilo.Email, somebody);
        turn.Conversation.Topics[0] = mark;
        await Client.Signals.PublishSignalsAsync(Requests.Publish(turn), Client.AsAgent());
        var context = await Client.Contexts.GetContextAsync(Requests.Lookup(RunningSilo.Email), Client.AsAgent());
        return context.ToString().Contains(mark, StringComparison.Ordinal);
    });

    [Fact]
    public async Task GetContext_AliasesThatAreAllKnownAndAgree_Answered()
    {
        var own = new SubjectIdentifier { Opaque = "acme-number" };
        await Client.Identities.LinkIdentifierAsync(
            new LinkIdentifierRequest { RequestId = Requests.NewId(), Subject = new SubjectIdentifier { Email = RunningSilo.Email }, Identifier = own }, Client.AsAgent());
        var request = Requests.Lookup(RunningSilo.Email);
        request.Subject = new SubjectIdentifier { Aliases = new Aliases { Identifiers = { own, new SubjectIdentifier { Email = RunningSilo.Email } } } };

        Assert.NotEmpty((await Client.Contexts.GetContextAsync(request, Client.AsAgent())).DisclosureId);
    }

    /// <summary>Asks about as many customers as others, and guesses "nobody" whenever the accomplice is found.</summary>
    private async Task TellsNothing(Func<string, Task<bool>> isAccompliceFound)
    {
        var right = 0;
        var found = 0;
        for (var i = 0; i < _people; i++)
        {
            var somebody = $"{Guid.CreateVersion7():n}@example.org";
            var isCustomer = i % 2 == 0;
            if (isCustomer)
            {
                await Client.MakeCustomer(somebody);
            }

            var answered = await isAccompliceFound(somebody);
            found += answered ? 1 : 0;
            right += answered != isCustomer ? 1 : 0;
        }

        output.WriteLine($"{right} of {_people} guesses were right; the accomplice was found {found} times");
        Assert.Equal(0, found);
        Assert.Equal(_people / 2, right);
    }

    private static async Task<bool> Answers<T>(Func<Task<T>> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.PermissionDenied)
        {
            return false;
        }
    }

    private static SubjectIdentifier Aliases(params string[] emails) =>
        new() { Aliases = new Aliases { Identifiers = { emails.Select(email => new SubjectIdentifier { Email = email }) } } };
}
