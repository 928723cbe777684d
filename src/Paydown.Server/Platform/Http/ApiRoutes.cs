namespace Paydown.Server.Platform.Http;

/// <summary>
/// All routes of the API. Each feature adds its own. Every route exists under each version of the path.
/// </summary>
public sealed class ApiRoutes
{
    private readonly List<ApiRoute> routes = [];

    /// <summary>The versions of the path.</summary>
    public static IReadOnlyList<string> Versions { get; } = ["v1", "v6"];

    public IReadOnlyList<ApiRoute> All => routes;

    public ApiRoute Get(string path, Func<Call, ValueTask<Answer>> handle) => Add("GET", path, handle);

    public ApiRoute Post(string path, Func<Call, ValueTask<Answer>> handle) => Add("POST", path, handle);

    public ApiRoute Put(string path, Func<Call, ValueTask<Answer>> handle) => Add("PUT", path, handle);

    /// <summary>Maps every route to its endpoints.</summary>
    /// <exception cref="InvalidOperationException">A route does not declare who may call it.</exception>
    public void MapTo(IEndpointRouteBuilder endpoints, ApiPipeline door)
    {
        foreach (var route in routes)
        {
            if (route.Access == Identity.Access.Unset)
                throw new InvalidOperationException($"{route.Name} does not declare who may call it.");
            foreach (var version in Versions)
            {
                // HEAD for every GET (RFC 9110): the same answer without a body.
                string[] methods = route.Method == "GET" ? ["GET", "HEAD"] : [route.Method];
                endpoints
                    .MapMethods(PathOf(route, version), methods, http => door.EnterAsync(http, route))
                    .WithMetadata(route);
            }
        }
    }

    /// <summary>The full path of a route under a version.</summary>
    public static string PathOf(ApiRoute route, string version) => $"/api/{version}/services/{route.Path}";

    private ApiRoute Add(string method, string path, Func<Call, ValueTask<Answer>> handle)
    {
        var route = new ApiRoute(method, path, handle);
        routes.Add(route);
        return route;
    }
}
