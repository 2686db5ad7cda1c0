namespace Orleans.Runtime;

/// <summary>Something that an activation is to run.</summary>
internal abstract class Turn
{
    /// <summary>May start while others are under way, in any grain.</summary>
    public virtual bool Interleaves => false;

    /// <summary>Counts as use of the activation.</summary>
    public virtual bool KeepsAlive => true;

    /// <summary>Nobody waits for it any more: need not start.</summary>
    public abstract bool IsAbandoned { get; }

    /// <summary>Runs on the activation's scheduler until the first await.</summary>
    public abstract Task Run(Activation activation);

    /// <summary>Has run.</summary>
    public abstract void Finish(Task outcome);

    /// <summary>Will not run.</summary>
    public abstract void Reject(Exception error);
}
