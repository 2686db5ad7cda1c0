using CustomerContext.Client.Internal;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Api.Errors;
using Google.Rpc;
using Grpc.Core;

namespace CustomerContext.Silo.Tests.Api;

public class RpcErrorsTests
{
    public static TheoryData<RefusalReason> Refusals => [.. Enum.GetValues<RefusalReason>().Except([RefusalReason.Untold])];

    [Theory]
    [MemberData(nameof(Refusals))]
    public void From_EveryRefusal_IsReadByTheSdkAsItsReasonAndCodeInTheContract(RefusalReason reason)
    {
        var refused = RpcErrors.From(new Refusal(reason, "field", "rule"));

        var read = ErrorDecoder.Decode(refused);
        Assert.Equal((RpcErrors.ReasonOf(reason), ErrorReasons.CodeOf(RpcErrors.ReasonOf(reason))), (read.Reason, read.Code));
        Assert.Equal(ItemStatuses.From(new Refusal(reason)).Code, (int)read.Code);
    }

    [Fact]
    public void From_InvalidArgument_NamesFieldAndRule()
    {
        var error = RpcErrors.From(new Refusal(RefusalReason.InvalidArgument, "signals[3].link", "at most 256 bytes"));

        var violation = Details(error).Select(detail => detail.TryUnpack<BadRequest>(out var found) ? found : null).OfType<BadRequest>().Single().FieldViolations.Single();
        Assert.Equal("signals[3].link", violation.Field);
        Assert.Equal("at most 256 bytes", violation.Description);
    }

    [Fact]
    public void ToRpc_AFaultOfOurs_TellsNothingOfIt()
    {
        var error = Faults.ToRpc(new InvalidOperationException("secret@example.org"));

        Assert.Equal(StatusCode.Internal, error.StatusCode);
        Assert.DoesNotContain("secret", error.Status.Detail, StringComparison.Ordinal);
    }

    private static Google.Protobuf.Collections.RepeatedField<Google.Protobuf.WellKnownTypes.Any> Details(RpcException error) =>
        Google.Rpc.Status.Parser.ParseFrom(error.Trailers.GetValueBytes("grpc-status-details-bin")).Details;
}
