using Orleans.Runtime;
using StackExchange.Redis;

namespace Orleans.Configuration
{
    public class RedisReminderTableOptions
    {
        public ConfigurationOptions ConfigurationOptions { get; set; } = null!;

        public Func<RedisReminderTableOptions, Task<(IConnectionMultiplexer Multiplexer, bool IsShared)>> CreateMultiplexer { get; set; } =
            static async options => (await ConnectionMultiplexer.ConnectAsync(options.ConfigurationOptions), false);

        /// <summary>Refused: a reminder that expires is a reminder lost.</summary>
        public TimeSpan? EntryExpiry { get; set; }

        internal RedisReminderTableOptions Checked() =>
            ConfigurationOptions is null
                ? throw new OrleansConfigurationException("Redis reminders: ConfigurationOptions is required.")
                : EntryExpiry is not null
                    ? throw new OrleansConfigurationException("Redis reminders: EntryExpiry needs Stack=packages.")
                    : this;
    }
}

namespace Orleans.Reminders.Redis
{
    /// <summary>Something went wrong between here and Redis; a change may or may not have landed.</summary>
    public class RedisRemindersException : Exception
    {
        public RedisRemindersException()
        {
        }

        public RedisRemindersException(string message) : base(message)
        {
        }

        public RedisRemindersException(string message, Exception inner) : base(message, inner)
        {
        }
    }
}
