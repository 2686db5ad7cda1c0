using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Ledger;

namespace CustomerContext.Storage.Sqlite;

/// <summary>An entry of the log that is not folded yet, without its payload.</summary>
/// <param name="Row">Its number in the log.</param>
/// <param name="Customer">Whose.</param>
/// <param name="Epoch">The epoch of consent once it was appended: a change of consent in the same append may be later than the entry.</param>
/// <param name="Head">The head of the customer's chain once this is its last entry.</param>
internal readonly record struct LogRow(long Row, string Customer, long Epoch, ChainHead Head)
{
    public LedgerVersion Version => new(Epoch, Head.Sequence);
}

/// <summary>The end of the log that is not folded yet, in memory: only what is durable. The writer changes it, anybody reads it.</summary>
internal sealed class LogTail
{
    private readonly Lock _lock = new();

    /// <summary>Numbered without a gap; with the number of the customer's entry before, which may have been dropped.</summary>
    private readonly List<(LogRow Row, long Before)> _rows = [];

    /// <summary>The number of each customer's last entry that is here.</summary>
    private readonly Dictionary<string, long> _last = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _rows.Count;
            }
        }
    }

    /// <summary>The customer's last entry; absent if it is not here.</summary>
    public LogRow? Last(string customer)
    {
        lock (_lock)
        {
            return _last.TryGetValue(customer, out var row) ? At(row).Row : null;
        }
    }

    /// <summary>The customer's entries that are here and lower than a sequence, newest first.</summary>
    public List<LogRow> List(string customer, long before, int max)
    {
        var found = new List<LogRow>();
        lock (_lock)
        {
            for (var next = _last.GetValueOrDefault(customer); found.Count < max && _rows.Count > 0 && next >= _rows[0].Row.Row;)
            {
                var (row, earlier) = At(next);
                if (row.Head.Sequence < before)
                {
                    found.Add(row);
                }

                next = earlier;
            }
        }

        return found;
    }

    /// <summary>The oldest rows, after so many others.</summary>
    public LogRow[] First(int skip, int max)
    {
        lock (_lock)
        {
            return [.. _rows.Skip(skip).Take(max).Select(one => one.Row)];
        }
    }

    /// <summary>They are durable.</summary>
    public void Add(List<LogRow> rows)
    {
        lock (_lock)
        {
            foreach (var row in rows)
            {
                _rows.Add((row, _last.GetValueOrDefault(row.Customer)));
                _last[row.Customer] = row.Row;
            }
        }
    }

    /// <summary>The oldest are folded.</summary>
    public void Drop(int count)
    {
        lock (_lock)
        {
            foreach (var (row, _) in _rows.Take(count))
            {
                if (_last[row.Customer] == row.Row)
                {
                    _last.Remove(row.Customer);
                }
            }

            _rows.RemoveRange(0, count);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _rows.Clear();
            _last.Clear();
        }
    }

    private (LogRow Row, long Before) At(long row) => _rows[(int)(row - _rows[0].Row.Row)];
}
