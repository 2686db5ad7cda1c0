namespace StackExchange.Redis;

/// <summary>Options of the current client that client 1.2.6 lacks, so that one source sets them on both. They change nothing here.</summary>
public static class ConfigurationOptionsExtensions
{
#pragma warning disable CA1822 // they stand for properties of an object
    extension(ConfigurationOptions options)
    {
        /// <summary>1.2.6 always fails fast: a command without a connection throws RedisConnectionException at once.</summary>
        public BacklogPolicy BacklogPolicy
        {
            get => BacklogPolicy.FailFast;
            set => ArgumentNullException.ThrowIfNull(value);
        }

        /// <summary>1.2.6 beats once a second: that is how exactly its asynchronous timeouts are kept.</summary>
        public TimeSpan HeartbeatInterval
        {
            get => TimeSpan.FromSeconds(1);
            set => ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        }

        /// <summary>1.2.6 leaves it off; it finds a dead peer by its own pings, see <see cref="ConfigurationOptions.KeepAlive"/>.</summary>
        public bool TcpKeepAlive
        {
            get => false;
            set => _ = value;
        }
    }
#pragma warning restore CA1822
}
