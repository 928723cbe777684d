using Microsoft.AspNetCore.Http.Features;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Databases;

/// <summary>The answer of one of several places, of which one is sent.</summary>
internal sealed class StoredAnswer(StoredResponse response, MemoryStream body)
{
    public int Status => response.StatusCode;

    /// <summary>Lets a place answer.</summary>
    /// <returns>Null if it is away.</returns>
    public static async Task<StoredAnswer?> OfAsync(HttpContext http, Place place)
    {
        var (response, body) = (new StoredResponse(), new MemoryStream());
        var sent = new StreamResponseBodyFeature(body);
        var features = new FeatureCollection(http.Features);
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(sent);
        try
        {
            if (!await Front.TryAsync(place, features))
                return null;
            await sent.CompleteAsync();
        }
        finally
        {
            await response.EndAsync();
        }

        return new StoredAnswer(response, body);
    }

    /// <summary>Sends the answer.</summary>
    public async Task SendAsync(HttpContext http)
    {
        http.Response.StatusCode = response.StatusCode;
        foreach (var (name, value) in response.Headers)
            http.Response.Headers[name] = value;
        await http.Response.Body.WriteAsync(body.ToArray(), http.RequestAborted);
    }
}
