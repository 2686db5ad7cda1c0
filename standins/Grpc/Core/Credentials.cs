namespace Grpc.Core;

public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);

public class AuthInterceptorContext(string serviceUrl, string methodName, CancellationToken cancellationToken)
{
    public AuthInterceptorContext(string serviceUrl, string methodName)
        : this(serviceUrl, methodName, CancellationToken.None)
    {
    }

    public string ServiceUrl { get; } = serviceUrl;
    public string MethodName { get; } = methodName;
    public CancellationToken CancellationToken { get; } = cancellationToken;
}

public abstract class CallCredentials
{
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor) => new Single(interceptor);

    public static CallCredentials Compose(params CallCredentials[] credentials) => credentials.Length >= 2
        ? new Several([.. credentials])
        : throw new ArgumentException("Composite credentials object can only be created from 2 or more credentials.");

    internal abstract Task ApplyAsync(AuthInterceptorContext context, Metadata metadata);

    private sealed class Single(AsyncAuthInterceptor interceptor) : CallCredentials
    {
        internal override Task ApplyAsync(AuthInterceptorContext context, Metadata metadata) => interceptor(context, metadata);
    }

    private sealed class Several(CallCredentials[] parts) : CallCredentials
    {
        internal override async Task ApplyAsync(AuthInterceptorContext context, Metadata metadata)
        {
            foreach (var part in parts)
            {
                await part.ApplyAsync(context, metadata).ConfigureAwait(false);
            }
        }
    }
}

public abstract class ChannelCredentials
{
    public static ChannelCredentials Insecure { get; } = new Plain(false, null);
    public static ChannelCredentials SecureSsl { get; } = new Plain(true, null);

    internal abstract bool IsSecure { get; }
    internal abstract CallCredentials? Call { get; }

    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials) =>
        new Plain(channelCredentials.IsSecure, callCredentials);

    private sealed class Plain(bool secure, CallCredentials? call) : ChannelCredentials
    {
        internal override bool IsSecure => secure;
        internal override CallCredentials? Call => call;
    }
}
