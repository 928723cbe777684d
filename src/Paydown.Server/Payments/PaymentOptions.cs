namespace Paydown.Server.Payments;

/// <summary>The kinds of payment partner.</summary>
public enum PaymentKind
{
    None,
    Sandbox,
    Files,
}

/// <summary>The operator's configuration of payments.</summary>
public sealed record PaymentOptions
{
    public PaymentKind Kind { get; init; }

    /// <summary>For <see cref="PaymentKind.Files"/>: the folder shared with the bank.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The pause between two rounds of sending and collecting.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>For <see cref="PaymentKind.Sandbox"/>: how long a transfer takes.</summary>
    public TimeSpan SandboxDuration { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The same in a subfolder of the shared folder, which is created.</summary>
    internal PaymentOptions In(string name)
    {
        if (Kind != PaymentKind.Files)
            return this;
        return this with { Folder = Directory.CreateDirectory(Path.Combine(Folder, name)).FullName };
    }
}
