using Orleans;

namespace CustomerContext.Grains.Durability;

/// <summary>Keeps and forgets reminders. Each table has exceptions of its own; here they all say the same: nobody knows whether it was done, do it again.</summary>
internal static class Reminders
{
    extension(IGrainBase grain)
    {
        /// <summary>Has the grain reminded after <paramref name="due"/> and then every <paramref name="period"/>.</summary>
        /// <exception cref="StateUnavailableException">Perhaps not.</exception>
        public Task Remind(string name, TimeSpan due, TimeSpan period) => Surely(() => grain.RegisterOrUpdateReminder(name, due, period));

        /// <summary>Has the grain reminded no more.</summary>
        /// <exception cref="StateUnavailableException">Perhaps it still is.</exception>
        public Task RemindNoMore(string name) => Surely(async () =>
        {
            if (await grain.GetReminder(name) is { } reminder)
            {
                await grain.UnregisterReminder(reminder);
            }
        });
    }

    private static async Task Surely(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception error)
        {
            throw new StateUnavailableException(error);
        }
    }
}
