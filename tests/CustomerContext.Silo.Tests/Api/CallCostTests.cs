using CustomerContext.Silo.Api.Calls;
using CustomerContext.V1;

namespace CustomerContext.Silo.Tests.Api;

public class CallCostTests
{
    private static readonly SubjectIdentifier _one = new() { Opaque = "id" };
    private static readonly SubjectIdentifier _eight = new() { Aliases = new Aliases { Identifiers = { Enumerable.Repeat(_one, 8) } } };

    [Fact]
    public void Of_AnEmptyRequest_OneUnit() => Assert.Equal(1, CallCost.Of(new PublishSignalsRequest()));

    [Fact]
    public void Of_MethodsWithASubject_AUnitForEachAlias()
    {
        object[] requests =
        [
            new GetContextRequest { Subject = _eight }, new WatchContextRequest { Subject = _eight }, new ResolveCustomerRequest { Subject = _eight },
            new LinkIdentifierRequest { Subject = _eight }, new RequestConsentRequest { Subject = _eight }, new RedeemSharingCodeRequest { Subject = _eight },
        ];

        Assert.All(requests, request => Assert.Equal(8, CallCost.Of(request)));
    }

    [Fact]
    public void Of_ABatch_AUnitForEachAliasOfEachSubject() => Assert.Equal(9, CallCost.Of(new BatchGetContextsRequest { Subjects = { _one, _eight } }));

    [Fact]
    public void Of_Signals_AUnitForEachIdentifierOfAnybody()
    {
        var turn = new Signal { Subject = _eight, Conversation = new ConversationSignal { Counterparties = { new Counterparty { Subject = _eight }, new Counterparty() } } };
        var tie = new Signal { Subject = _one, Relationship = new RelationshipSignal { Other = _eight } };
        var trait = new Signal { Subject = _one, Trait = new TraitSignal() };

        Assert.Equal(16 + 9 + 1, CallCost.Of(new StreamSignalsRequest { Signals = { turn, tie, trait } }));
    }
}
