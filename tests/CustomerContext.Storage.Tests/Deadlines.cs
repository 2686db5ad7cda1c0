using CustomerContext.Testing;

namespace CustomerContext.Storage.Tests;

/// <summary>Lets a deadline pass on a fake clock.</summary>
internal static class Deadlines
{
    /// <summary>Moves the clock until the calls have ended. A deadline passes in steps, each of which begins when the one before is over, so one move is not enough.</summary>
    public static async Task Pass(this FakeTime time, TimeSpan deadline, Task calls)
    {
        while (!calls.IsCompleted)
        {
            time.Advance(deadline);
            await Task.Yield();
        }
    }
}
