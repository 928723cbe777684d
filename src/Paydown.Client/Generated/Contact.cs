namespace Paydown.Client;

/// <summary>How customers reach the lender.</summary>
public sealed partial record Contact
{
    /// <summary>The e-mail address for questions.</summary>
    public required string Email { get; init; }

    /// <summary>The phone number for questions.</summary>
    public required string Phone { get; init; }

    /// <summary>When the phone is answered, in words.</summary>
    public required string Hours { get; init; }
}
