using Orleans.Runtime;

namespace Orleans
{
    public interface IRemindable : IGrain
    {
        Task ReceiveReminder(string reminderName, TickStatus status);
    }

    /// <summary>Where reminders are kept. Rows are ordered by <see cref="GrainId.GetUniformHashCode"/>.</summary>
    public interface IReminderTable
    {
        Task StartAsync(CancellationToken cancellationToken = default)
#pragma warning disable CS0618 // the original calls the one it replaces
            => Init();
#pragma warning restore CS0618

        [Obsolete("Implement and use StartAsync instead")]
        Task Init() => Task.CompletedTask;

        Task<ReminderTableData> ReadRows(GrainId grainId);

        /// <summary>Rows with a hash in (begin, end]; begin = end means all, begin > end goes round through zero.</summary>
        Task<ReminderTableData> ReadRows(uint begin, uint end);

        /// <returns>Null if there is none.</returns>
        Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName);

        /// <returns>The row's new ETag.</returns>
        Task<string?> UpsertRow(ReminderEntry entry);

        /// <returns>False if there is no such row or its ETag is another.</returns>
        Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag);

        Task TestOnlyClearTable();

        Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
    }

    public sealed class ReminderEntry
    {
        public GrainId GrainId { get; set; }

        public string ReminderName { get; set; } = null!;

        /// <summary>UTC.</summary>
        public DateTime StartAt { get; set; }

        public TimeSpan Period { get; set; }

        public string? ETag { get; set; }

        public override string ToString() => $"<GrainId={GrainId} ReminderName={ReminderName} Period={Period}>";
    }

    public sealed class ReminderTableData
    {
        public ReminderTableData() => Reminders = [];

        public ReminderTableData(ReminderEntry entry) => Reminders = [entry];

        public ReminderTableData(IEnumerable<ReminderEntry> list) => Reminders = [.. list];

        public IList<ReminderEntry> Reminders { get; }
    }
}

namespace Orleans.Runtime
{
    public interface IGrainReminder
    {
        string ReminderName { get; }
    }

    /// <summary>Times are UTC.</summary>
    public readonly struct TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
    {
        public DateTime FirstTickTime { get; } = firstTickTime;

        public TimeSpan Period { get; } = period;

        public DateTime CurrentTickTime { get; } = timeStamp;
    }

    public sealed class ReminderException(string message) : OrleansException(message);

    internal sealed record Reminder(GrainId GrainId, string ReminderName, string ETag) : IGrainReminder;
}
