namespace Paydown.Client;

/// <summary>One step of the instructions.</summary>
public sealed partial record InstructionStep
{
    /// <summary>The step's number, counted from 1.</summary>
    public required int Step { get; init; }

    /// <summary>What to do.</summary>
    public required string Text { get; init; }
}
