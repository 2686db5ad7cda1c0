using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Reminders.Redis;

namespace Orleans.Hosting;

public static class RedisSiloBuilderReminderExtensions
{
    public static ISiloBuilder UseRedisReminderService(this ISiloBuilder builder, Action<RedisReminderTableOptions> configure)
    {
        builder.Services.Configure(configure);
        builder.Services.AddSingleton<IReminderTable, RedisReminderTable>();
        return builder.AddReminders();
    }
}
