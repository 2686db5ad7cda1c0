using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using Google.Protobuf;

namespace CustomerContext.Storage.Payloads;

/// <summary>Of whom a company was told lately.</summary>
internal static class NewsIndexPayload
{
    public static IPayloadCodec<NewsIndex> Codec { get; } = new PayloadCodec<NewsIndex, Stored.NewsIndex>(
        1, index => new Stored.NewsIndex { Recent = { index.Recent.Select(ToMessage) } }, stored => new NewsIndex([.. stored.Recent.Select(FromMessage)]));

    private static Stored.RecentNews ToMessage(RecentNews one) => new()
    {
        Customer = ByteString.CopyFrom(Convert.FromHexString(one.Customer.Value)),
        UntilTicks = Ticks.Of(one.Until),
    };

    private static RecentNews FromMessage(Stored.RecentNews stored) => new(new CustomerKey(Convert.ToHexStringLower(stored.Customer.Span)), Ticks.Instant(stored.UntilTicks));
}
