namespace Paydown.Lending.Terms;

/// <summary>Some days in a row.</summary>
/// <param name="From">The first day.</param>
/// <param name="Through">The last day; never before the first.</param>
public readonly record struct DayRange(DateOnly From, DateOnly Through)
{
    /// <summary>How many of the days lie after one day and not after another.</summary>
    /// <param name="after">The day before the first that may count.</param>
    /// <param name="through">The last day that may count.</param>
    public int DaysBetween(DateOnly after, DateOnly through)
    {
        var first = From > after ? From.DayNumber : after.DayNumber + 1;
        var last = Through < through ? Through.DayNumber : through.DayNumber;
        return Math.Max(0, last - first + 1);
    }
}
