namespace Paydown.Server.Commands;

/// <summary>How <see cref="Audit"/> runs.</summary>
public sealed record AuditOptions
{
    /// <summary>True to write one JSON document instead of lines.</summary>
    public bool Json { get; init; }

    /// <summary>
    /// The file with what is checked already. An audit that was interrupted goes on from there, and one that is
    /// complete deletes it. Null for none.
    /// </summary>
    public string? StateFile { get; init; }

    /// <summary>The customers that one snapshot covers.</summary>
    public int CustomersPerRange { get; init; } = 2_000;

    /// <summary>Called with the number of loans that are checked, after each range.</summary>
    internal Action<long>? Checked { get; init; }

    /// <summary>Called before suspected breaches are read again.</summary>
    internal Func<Task>? Suspecting { get; init; }
}
