using CustomerContext.V1;
using Google.Protobuf.Collections;

namespace CustomerContext.Silo.Api.Calls;

/// <summary>How many units of its rate a request takes: one for each identifier of a person that has to be looked up, and at least one for the request and for each of its items.</summary>
internal static class CallCost
{
    /// <summary>The units of <paramref name="request"/>, at least 1: an empty one is work too.</summary>
    public static int Of(object request) => Math.Max(1, request switch
    {
        GetContextRequest look => Of(look.Subject),
        WatchContextRequest watch => Of(watch.Subject),
        BatchGetContextsRequest batch => batch.Subjects.Sum(Of),
        ResolveCustomerRequest resolve => Of(resolve.Subject),
        LinkIdentifierRequest link => Of(link.Subject),
        RequestConsentRequest ask => Of(ask.Subject),
        RedeemSharingCodeRequest redeem => Of(redeem.Subject),
        PublishSignalsRequest publish => Of(publish.Signals),
        StreamSignalsRequest message => Of(message.Signals),
        _ => 1,
    });

    private static int Of(SubjectIdentifier? subject) => Math.Max(1, subject?.Aliases?.Identifiers.Count ?? 1);

    private static int Of(RepeatedField<Signal> signals)
    {
        var units = 0;
        foreach (var signal in signals)
        {
            units += Of(signal.Subject) + Others(signal);
        }

        return units;
    }

    /// <summary>The identifiers of the other people whom a signal names.</summary>
    private static int Others(Signal signal) => signal.KindCase switch
    {
        Signal.KindOneofCase.Relationship => Of(signal.Relationship.Other),
        Signal.KindOneofCase.Reputation when signal.Reputation.Giver is { } giver => Of(giver),
        Signal.KindOneofCase.Conversation => signal.Conversation.Counterparties.Sum(one => one.Subject is { } other ? Of(other) : 0),
        _ => 0,
    };
}
