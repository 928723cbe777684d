namespace Paydown.Client;

/// <summary>The statements of an imported file.</summary>
public sealed partial record ImportedFile
{
    /// <summary>The name of the file.</summary>
    public required string FileName { get; init; }

    /// <summary>True if the same file was imported before: nothing was added.</summary>
    public required bool IsRepeated { get; init; }

    /// <summary>The statements in the order of the file.</summary>
    public required IReadOnlyList<BankStatement> Statements { get; init; }
}
