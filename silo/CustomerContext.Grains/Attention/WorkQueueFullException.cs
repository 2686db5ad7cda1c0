namespace CustomerContext.Grains.Attention;

/// <summary>A part of a company's queue of work holds as much as it may.</summary>
public sealed class WorkQueueFullException() : Exception("A part of a company's queue of work holds as much as it may.");
