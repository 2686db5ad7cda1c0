namespace Orleans
{
    public interface IGrain : Runtime.IAddressable;

    public interface IGrainWithStringKey : IGrain;

    public interface IGrainFactory
    {
        /// <summary>A reference to a grain; cheap, makes no call. Exactly one grain class must implement the interface.</summary>
        TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
            where TGrainInterface : IGrainWithStringKey;

        TGrainInterface GetGrain<TGrainInterface>(Runtime.GrainId grainId)
            where TGrainInterface : Runtime.IAddressable;
    }

    /// <summary>The grain factory for code outside grains, in the silo's own process.</summary>
    public interface IClusterClient : IGrainFactory
    {
        IServiceProvider ServiceProvider { get; }
    }

    public interface IGrainBase
    {
        Runtime.IGrainContext GrainContext { get; }

        Task OnActivateAsync(CancellationToken token);

        Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token);
    }
}

namespace Orleans.Runtime
{
    public interface IAddressable;

    /// <summary>The activation that a grain object lives in.</summary>
    public interface IGrainContext
    {
        GrainId GrainId { get; }

        object? GrainInstance { get; }

        IServiceProvider ActivationServices { get; }

        /// <summary>Done when the activation has ended.</summary>
        Task Deactivated { get; }

        void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
    }
}
