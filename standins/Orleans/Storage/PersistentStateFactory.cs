using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>Makes the slots that a grain class asks for in its constructor.</summary>
internal static class PersistentStateFactory
{
    public static Func<Activation, IStorage> For(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new OrleansConfigurationException($"{parameter.Member.DeclaringType}: a [PersistentState] parameter must be an IPersistentState<T>.");
        }

        var asked = parameter.GetCustomAttribute<PersistentStateAttribute>()!;
        return typeof(PersistentStateFactory).GetMethod(nameof(For), BindingFlags.Static | BindingFlags.NonPublic, [typeof(PersistentStateAttribute)])!
            .MakeGenericMethod(type.GenericTypeArguments)
            .Invoke<Func<Activation, IStorage>>(asked);
    }

    private static Func<Activation, IStorage> For<T>(PersistentStateAttribute asked) =>
        activation => new PersistentState<T>(activation, asked.StateName, Storage(activation, asked.StorageName));

    private static IGrainStorage Storage(Activation activation, string? name) => string.IsNullOrWhiteSpace(name)
        ? activation.ActivationServices.GetService<IGrainStorage>()
            ?? throw new BadProviderConfigException($"No default storage provider found loading grain type {activation.GrainId.Type}.")
        : activation.ActivationServices.GetKeyedService<IGrainStorage>(name)
            ?? throw new BadProviderConfigException($"No storage provider named \"{name}\" found loading grain type {activation.GrainId.Type}.");

    private static TResult Invoke<TResult>(this MethodInfo method, object argument) => (TResult)method.Invoke(null, [argument])!;
}
