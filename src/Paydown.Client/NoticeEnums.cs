using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>What a notice is about.</summary>
[JsonConverter(typeof(WordConverter<NoticeKind>))]
public enum NoticeKind
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>An employee may set a password.</summary>
    Invitation,

    /// <summary>A forgotten password may be replaced.</summary>
    PasswordReset,

    /// <summary>An e-mail address is to be confirmed.</summary>
    EmailConfirmation,

    /// <summary>The password was changed.</summary>
    PasswordChanged,

    /// <summary>The second factor was set up or removed.</summary>
    SecondFactorChanged,

    /// <summary>A customer has registered.</summary>
    Registered,

    /// <summary>An offer was sent.</summary>
    OfferSent,

    /// <summary>Money of a loan was paid out.</summary>
    LoanDisbursed,

    /// <summary>A repayment is recorded and awaits verification.</summary>
    RepaymentRecorded,

    /// <summary>A repayment is confirmed.</summary>
    RepaymentVerified,

    /// <summary>A repayment was rejected.</summary>
    RepaymentRejected,

    /// <summary>A loan is paid off.</summary>
    LoanPaidOff,

    /// <summary>An installment falls due soon.</summary>
    DueSoon,

    /// <summary>An installment falls due today.</summary>
    DueToday,

    /// <summary>An installment is overdue.</summary>
    Overdue,
}

/// <summary>Whether a notice was sent.</summary>
[JsonConverter(typeof(WordConverter<NoticeState>))]
public enum NoticeState
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>It is yet to be sent, or tried again.</summary>
    Pending,

    /// <summary>The mail server has taken it.</summary>
    Sent,

    /// <summary>It was given up.</summary>
    Failed,
}
