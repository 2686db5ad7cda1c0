using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans;

public static class GrainReminderExtensions
{
    /// <exception cref="ArgumentException">The period is less than <see cref="Hosting.ReminderOptions.MinimumReminderPeriod"/>.</exception>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reminderName);
        return grain is IRemindable
            ? Service(grain).Register(grain.GrainContext.GrainId, reminderName, dueTime, period)
            : throw new InvalidOperationException($"{grain.GetType()} is not {nameof(IRemindable)}.");
    }

    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder) => Service(grain).Unregister((Reminder)reminder);

    /// <returns>Null if there is none.</returns>
    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName) =>
        Service(grain).Find(grain.GrainContext.GrainId, reminderName);

    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain) => Service(grain).FindAll(grain.GrainContext.GrainId);

    private static LocalReminderService Service(IGrainBase grain) =>
        grain.GrainContext.ActivationServices.GetService<LocalReminderService>()
            ?? throw new OrleansConfigurationException("The reminder service has not been configured.");
}
