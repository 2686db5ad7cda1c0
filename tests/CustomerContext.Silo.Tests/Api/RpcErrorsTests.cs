using CustomerContext.Domain.Common;
using CustomerContext.Silo.Api.Errors;
using Google.Rpc;
using Grpc.Core;

namespace CustomerContext.Silo.Tests.Api;

public class RpcErrorsTests
{
    [Theory]
    [InlineData(RefusalReason.InvalidArgument, StatusCode.InvalidArgument, "INVALID_ARGUMENT")]
    [InlineData(RefusalReason.ConsentRequired, StatusCode.PermissionDenied, "CONSENT_REQUIRED")]
    [InlineData(RefusalReason.CallerNotAllowed, StatusCode.PermissionDenied, "CALLER_NOT_ALLOWED")]
    [InlineData(RefusalReason.TooLate, StatusCode.FailedPrecondition, "TOO_LATE")]
    [InlineData(RefusalReason.LimitReached, StatusCode.FailedPrecondition, "LIMIT_REACHED")]
    [InlineData(RefusalReason.RequestIdReused, StatusCode.Aborted, "REQUEST_ID_REUSED")]
    [InlineData(RefusalReason.NotFound, StatusCode.NotFound, "NOT_FOUND")]
    [InlineData(RefusalReason.NotOfAge, StatusCode.FailedPrecondition, "NOT_OF_AGE")]
    [InlineData(RefusalReason.Unavailable, StatusCode.Unavailable, "STORE_UNAVAILABLE")]
    [InlineData(RefusalReason.NotImplemented, StatusCode.Unimplemented, "NOT_IMPLEMENTED")]
    public void From_EveryRefusal_HasTheStatusAndReasonOfTheContract(RefusalReason reason, StatusCode code, string name)
    {
        var error = RpcErrors.From(new Refusal(reason, "field", "rule"));

        var info = Details(error).Select(detail => detail.TryUnpack<ErrorInfo>(out var found) ? found : null).OfType<ErrorInfo>();
        Assert.Equal(code, error.StatusCode);
        Assert.Equal(name, Assert.Single(info).Reason);
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
