namespace Paydown.Lending.Repayments;

/// <summary>
/// When two repayments of a customer may be one transfer that was recorded twice. They are marked for officers and
/// never refused: two equal payments on one day are legal.
/// </summary>
/// <remarks>
/// Neither is rejected or reversed, the amounts are equal, and either both are of one loan and one payment day, or they
/// carry one reference and their payment days are at most <see cref="DaysMax"/> apart.
/// </remarks>
public static class DuplicateRules
{
    /// <summary>How many days may lie between two records of one transfer.</summary>
    public const int DaysMax = 3;
}
