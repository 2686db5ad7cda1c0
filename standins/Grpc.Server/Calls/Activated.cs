using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>
/// Instances for one call: the container's, where the type is registered, else a new one from the call's scope, disposed of behind the call.
/// </summary>
internal sealed class Activated<T>(Type type, params object[] arguments)
    where T : class
{
    private readonly Lazy<ObjectFactory> _create = new(() => ActivatorUtilities.CreateFactory(type, Type.GetTypeArray(arguments)));

    public bool NeedsDisposal { get; } = type.IsAssignableTo(typeof(IDisposable)) || type.IsAssignableTo(typeof(IAsyncDisposable));

    public T Get(IServiceProvider services, out bool created)
    {
        if (arguments.Length == 0 && services.GetService(type) is T registered)
        {
            created = false;
            return registered;
        }

        created = true;
        return (T)_create.Value(services, arguments);
    }

    public static async ValueTask ReleaseAsync(T instance)
    {
        switch (instance)
        {
            case IAsyncDisposable disposable:
                await disposable.DisposeAsync();
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }
}
