using CustomerContext.Domain.Common;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>Networks.</summary>
internal sealed partial class ConsentApi
{
    public override async Task<ConnectNetworkResponse> ConnectNetwork(ConnectNetworkRequest request, ServerCallContext context)
    {
        CheckRequestId(request.RequestId);
        var view = (await networks.Connect(await Me(context, RefusalReason.NotOfAge), request)).OrThrow();
        return new ConnectNetworkResponse
        {
            Source = SourceTranslator.ToProto(view.Consent, networks.All, networks.NameOf, time.GetUtcNow()).Single(source => source.Source_ == request.Network),
            ConsentVersion = VersionOf(view.Consent),
        };
    }

    public override async Task<DisconnectNetworkResponse> DisconnectNetwork(DisconnectNetworkRequest request, ServerCallContext context)
    {
        CheckRequestId(request.RequestId);
        var view = (await networks.Disconnect(await Me(context, RefusalReason.NotFound), request)).OrThrow();
        return new DisconnectNetworkResponse { ConsentVersion = VersionOf(view.Consent) };
    }
}
