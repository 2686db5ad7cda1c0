using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>The one silo: what its parts share, and where references come from.</summary>
internal sealed class Silo : IClusterClient
{
    private readonly ConcurrentDictionary<Type, GrainInterface> _interfaces = new();

    public Silo(
        IServiceProvider services,
        GrainClasses classes,
        CallDeadlines deadlines,
        SiloLog log,
        IOptions<GrainCollectionOptions> collection,
        [FromKeyedServices(TimeProviderNames.Grains)] TimeProvider time)
    {
        ServiceProvider = services;
        Classes = classes;
        Deadlines = deadlines;
        Log = log;
        Collection = collection.Value;
        Time = time;
        Catalog = new Catalog(this);
    }

    public IServiceProvider ServiceProvider { get; }

    public GrainClasses Classes { get; }

    public CallDeadlines Deadlines { get; }

    public SiloLog Log { get; }

    public GrainCollectionOptions Collection { get; }

    public TimeProvider Time { get; }

    public Catalog Catalog { get; }

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentNullException.ThrowIfNull(primaryKey);
        if (grainClassNamePrefix is not null)
        {
            throw new NotSupportedException("Class name prefixes need Stack=packages.");
        }

        return GetGrain<TGrainInterface>(GrainId.Create(Classes.Implementing(typeof(TGrainInterface)), IdSpan.Create(primaryKey)));
    }

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => (TGrainInterface)Refer(typeof(TGrainInterface), grainId);

    public IAddressable Refer(Type grainInterface, GrainId id) =>
        _interfaces.GetOrAdd(grainInterface, static (type, silo) => new GrainInterface(silo, type), this).Refer(id);
}
