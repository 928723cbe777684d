namespace Paydown.Server.Payments;

/// <summary>Which payment partner there is.</summary>
public enum PaymentKind
{
    None,
    Sandbox,
    Files,
}

/// <summary>What an operator decides about payments.</summary>
public sealed record PaymentOptions
{
    public PaymentKind Kind { get; init; }

    /// <summary>With <see cref="PaymentKind.Files"/>: the folder that is shared with the bank.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Between two rounds of sending and collecting.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>With <see cref="PaymentKind.Sandbox"/>: how long a transfer takes.</summary>
    public TimeSpan SandboxDuration { get; init; } = TimeSpan.FromSeconds(2);
}
