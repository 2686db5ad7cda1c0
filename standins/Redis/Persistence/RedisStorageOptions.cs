using Orleans.Runtime;
using Orleans.Storage;
using StackExchange.Redis;

namespace Orleans.Persistence
{
    public class RedisStorageOptions
    {
        /// <summary>Clearing deletes the key; else it leaves an empty record with a new ETag. Default: false.</summary>
        public bool DeleteStateOnClear { get; set; }

        /// <summary>Required here: the original's JSON default needs Stack=packages.</summary>
        public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!;

        public ConfigurationOptions? ConfigurationOptions { get; set; }

        public Func<RedisStorageOptions, Task<(IConnectionMultiplexer Multiplexer, bool IsShared)>> CreateMultiplexer { get; set; } =
            static async options => (await ConnectionMultiplexer.ConnectAsync(options.ConfigurationOptions), false);

        /// <summary>Refused: state that expires is state lost.</summary>
        public TimeSpan? EntryExpiry { get; set; }

        /// <summary>Default: <c>service id/state/grain type/grain key/state name</c>.</summary>
        public Func<string, GrainId, RedisKey>? GetStorageKey { get; set; }

        internal RedisStorageOptions Checked(string name) =>
            ConfigurationOptions is null
                ? throw new OrleansConfigurationException($"Redis grain storage {name}: ConfigurationOptions is required.")
                : GrainStorageSerializer is null
                    ? throw new OrleansConfigurationException($"Redis grain storage {name}: without a GrainStorageSerializer it needs Stack=packages.")
                    : EntryExpiry is not null
                        ? throw new OrleansConfigurationException($"Redis grain storage {name}: EntryExpiry needs Stack=packages.")
                        : this;
    }
}

namespace Orleans.Persistence.Redis
{
    /// <summary>Something went wrong between here and Redis; a write may or may not have landed.</summary>
    public class RedisStorageException : Exception
    {
        public RedisStorageException()
        {
        }

        public RedisStorageException(string message) : base(message)
        {
        }

        public RedisStorageException(string message, Exception inner) : base(message, inner)
        {
        }
    }
}
